using System.Text.RegularExpressions;

namespace Parley.Tour.Tests;

/// <summary>A file of the tour: directives, a header that explains it and says what it prints, and the code.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
/// <param name="Text">All of it.</param>
/// <param name="Directives">The lines for `dotnet run`, such as `#:project`.</param>
/// <param name="Paragraphs">The header without the expected output; the first is the title.</param>
/// <param name="Output">What it prints.</param>
/// <param name="Code">What follows the header.</param>
internal sealed partial record Sample(
    string Path,
    string Text,
    IReadOnlyList<string> Directives,
    IReadOnlyList<string> Paragraphs,
    ExpectedOutput Output,
    string Code)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static Sample Parse(string path, string text)
    {
        string[] lines = text.Split('\n');
        string[] directives = [.. lines.TakeWhile(line => line.StartsWith("#:", StringComparison.Ordinal))];
        string[] header = [.. lines.Skip(directives.Length + 1).TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal))];
        int output = Array.FindIndex(header, ExpectedOutput.IsHeading);
        if (output < 0)
        {
            throw new FormatException($"{path}: the header has no line `// Output:`.");
        }

        string[] told = [.. header[..output].Select(line => line[2..].Trim())];
        return new Sample(
            path,
            text,
            directives,
            [.. Blank().Split(string.Join('\n', told).Trim()).Select(paragraph => paragraph.Replace('\n', ' '))],
            ExpectedOutput.Parse(header[output..]),
            string.Join('\n', lines.Skip(directives.Length + 1 + header.Length)).Trim('\n') + "\n");
    }

    [GeneratedRegex(@"\n\n+")]
    private static partial Regex Blank();
}
