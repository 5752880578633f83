using System.Text;
using Parley.Cli.Terminal;
using Parley.Core.History;

namespace Parley.Cli.History;

/// <summary>Reads exported messages from a file, or from standard input.</summary>
internal static class HistoryInput
{
    private const string StandardInput = "-";

    /// <summary>The messages, read as they are asked for.</summary>
    /// <exception cref="HistoryInputException">A line is not a message, or the file cannot be read.</exception>
    public static IEnumerable<HistoryEntry> Read(string file)
    {
        using var reader = Open(file);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > 0)
            {
                yield return Parse(line, file, number);
            }
        }
    }

    private static StreamReader Open(string file)
    {
        try
        {
            return new StreamReader(file == StandardInput ? StandardStreams.OpenInput() : File.OpenRead(file), Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HistoryInputException($"{file} cannot be read: {e.Message}", e);
        }
    }

    private static HistoryEntry Parse(string line, string file, int number)
    {
        try
        {
            return HistoryLine.Read(line);
        }
        catch (FormatException e)
        {
            throw new HistoryInputException($"{(file == StandardInput ? "standard input" : file)}, line {number}: {e.Message}", e);
        }
    }
}
