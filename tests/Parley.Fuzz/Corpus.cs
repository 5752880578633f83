using System.Globalization;
using System.Text;

namespace Parley.Fuzz;

// corpus = *( ( "#" comment / input ) LF )
// input  = *( CHAR / "\r" / "\n" / "\t" / "\\" / "\#" / "\x" 2HEXDIG )        ; everything else is UTF-8

/// <summary>The inputs that a target starts from: one a line in <c>Corpus/TARGET.txt</c>, with escapes for bytes that do not show.</summary>
internal static class Corpus
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static string FileOf(FuzzTarget target) => Path.Combine(Folder, target.Name + ".txt");

    /// <exception cref="FormatException">A line has an unknown escape.</exception>
    public static IReadOnlyList<byte[]> Read(FuzzTarget target) =>
        [.. File.ReadLines(FileOf(target)).Where(line => line.Length > 0 && line[0] != '#').Select(Unescape)];

    public static byte[] Unescape(string line)
    {
        var bytes = new List<byte>(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                var length = char.IsHighSurrogate(line[i]) && i + 1 < line.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(line.Substring(i, length)));
                i += length - 1;
                continue;
            }

            i++;
            switch (i < line.Length ? line[i] : '\0')
            {
                case 'r':
                    bytes.Add((byte)'\r');
                    break;
                case 'n':
                    bytes.Add((byte)'\n');
                    break;
                case 't':
                    bytes.Add((byte)'\t');
                    break;
                case '\\':
                    bytes.Add((byte)'\\');
                    break;
                case '#':
                    bytes.Add((byte)'#');
                    break;
                case 'x' when i + 2 < line.Length && byte.TryParse(line.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value):
                    bytes.Add(value);
                    i += 2;
                    break;
                default:
                    throw new FormatException($"An unknown escape at column {i} of: {line}");
            }
        }

        return [.. bytes];
    }

    /// <summary>Writes bytes as a line of a corpus has them.</summary>
    public static string Escape(ReadOnlySpan<byte> input)
    {
        var line = new StringBuilder(input.Length);
        foreach (var value in input)
        {
            line.Append(value switch
            {
                (byte)'\r' => "\\r",
                (byte)'\n' => "\\n",
                (byte)'\t' => "\\t",
                (byte)'\\' => @"\\",
                (byte)'#' when line.Length == 0 => "\\#",
                >= 0x20 and < 0x7F => ((char)value).ToString(),
                _ => $"\\x{value:x2}",
            });
        }

        return line.ToString();
    }
}
