using System.Text;
using Parley.Protocol.Irc;
using Parley.Server.Options;

namespace Parley.Server.Irc;

/// <summary>What IRC reads from files: when the server starts, and again on REHASH.</summary>
/// <param name="Motd">The lines that clients are shown when they come; none if there are none.</param>
internal sealed record IrcFiles(IReadOnlyList<string> Motd)
{
    /// <summary>Bytes of a line that fit behind what stands before it, whatever the server and the client are called.</summary>
    private const int MaxMotdLineBytes = 400;

    private const int MaxMotdBytes = 64 * 1024;

    /// <summary>Reads all files. Blocks.</summary>
    /// <exception cref="SettingsException">A file cannot be read, or says something that will not do.</exception>
    public static IrcFiles Read(ParleyOptions options) => new(ReadMotd(options.Motd));

    private static List<string> ReadMotd(string path)
    {
        if (string.Equals(path, "none", StringComparison.Ordinal))
        {
            return [];
        }

        var text = ReadText("motd", path, MaxMotdBytes);
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            foreach (var part in IrcText.Split(Encoding.UTF8.GetBytes(line), MaxMotdLineBytes))
            {
                lines.Add(Encoding.UTF8.GetString(part));
            }
        }

        return text.Length == 0 ? [] : lines;
    }

    private static string ReadText(string setting, string path, int maxBytes)
    {
        try
        {
            return new FileInfo(path).Length <= maxBytes
                ? File.ReadAllText(path)
                : throw new SettingsException([$"{setting}: {path} is too long: give a file of at most {maxBytes} bytes"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{setting}: {path} cannot be read: {e.Message}"]);
        }
    }
}
