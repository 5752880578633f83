using System.Text;

namespace Parley.Cli.Bots;

// book    = *(section / comment)
// section = "[" name "]" LF *(entry LF)
// comment = "#" text LF
// entry   = text in which "{" name "}" stands for any entry of that section
//
// What is said are the entries of [line]; those of the other sections have no {slots} of their own.

/// <summary>Lines for a bot to say, put together from a list of words.</summary>
/// <remarks>
/// MUST: the n-th line of a seed is always the same text. So whoever hears a bot knows what it should have said, and nobody has
/// to remember it.
/// </remarks>
internal sealed class PhraseBook
{
    private readonly Dictionary<string, List<string>> _sections = new(StringComparer.Ordinal);
    private readonly List<string> _lines;

    private PhraseBook(TextReader source)
    {
        List<string> section = [];
        while (source.ReadLine() is { } entry)
        {
            if (entry.StartsWith('['))
            {
                _sections.Add(entry[1..^1], section = []);
            }
            else if (!entry.StartsWith('#'))
            {
                section.Add(entry);
            }
        }

        _lines = _sections["line"];
    }

    /// <summary>The books of themed bots.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["garden", "harbour", "kitchen"];

    /// <summary>Opens one of the books that come with the program.</summary>
    public static PhraseBook Open(string name)
    {
        using Stream resource = typeof(PhraseBook).Assembly.GetManifestResourceStream($"{typeof(PhraseBook).Namespace}.Phrases.{name}.txt")
            ?? throw new ArgumentException($"There is no book '{name}'.", nameof(name));
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return new PhraseBook(reader);
    }

    /// <summary>The line number <paramref name="number"/> of whoever has this <paramref name="seed"/>.</summary>
    public string Line(int seed, long number)
    {
        ulong state = unchecked(((ulong)(uint)seed << 40) + (ulong)number);
        string line = Draw(_lines, ref state);
        var text = new StringBuilder(line.Length * 2);
        int copied = 0;
        for (int open = line.IndexOf('{', StringComparison.Ordinal); open >= 0; open = line.IndexOf('{', copied))
        {
            int close = line.IndexOf('}', open);
            text.Append(line, copied, open - copied).Append(Draw(_sections[line[(open + 1)..close]], ref state));
            copied = close + 1;
        }

        return text.Append(line, copied, line.Length - copied).Replace(text[0], char.ToUpperInvariant(text[0]), 0, 1).ToString();
    }

    private static string Draw(List<string> entries, ref ulong state) => entries[(int)(Next(ref state) % (uint)entries.Count)];

    // SplitMix64 (Steele, Lea, Flood 2014): well mixed from the first number on, also where seeds differ in one bit.
    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            ulong mixed = state += 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
