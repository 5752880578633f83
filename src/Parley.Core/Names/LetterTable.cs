using System.Globalization;
using System.Text;

namespace Parley.Core.Names;

/// <summary>Table of the letters beyond ASCII that names may have, as in <c>Letters.txt</c>, which <c>eng/names/names.py</c> makes of Unicode's data.</summary>
/// <remarks>
/// The letters are those of the IdentifierClass (https://www.rfc-editor.org/rfc/rfc8264#section-9) that need no context. A table, since the
/// runtime neither normalizes nor knows scripts where it does without the system's culture data, as here; and since what is kept by
/// name must not change with the runtime. It is read when the first name comes that is not of ASCII.
/// </remarks>
internal static class LetterTable
{
    private static readonly int[] From;
    private static readonly int[] To;
    private static readonly LetterKind[] Kinds;
    private static readonly ScriptSet[] Scripts;
    private static readonly Dictionary<int, int> Widths = [];
    private static readonly Dictionary<int, int[]> Decompositions = [];
    private static readonly Dictionary<(int First, int Second), int> Compositions = [];
    private static readonly Dictionary<int, byte> MarkClasses = [];
    private static readonly Dictionary<int, int[]> SmallLetters = [];
    private static readonly Dictionary<int, int[]> Looks = [];

    static LetterTable()
    {
        var letters = new List<(int From, int To, LetterKind Kind, ScriptSet Scripts)>();
        var scripts = new ScriptNames();
        using var reader = new StreamReader(typeof(LetterTable).Assembly.GetManifestResourceStream(typeof(LetterTable), "Letters.txt")!, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "L":
                    letters.Add((Point(words[1]), Point(words[2]), (LetterKind)words[3][0], scripts.SetOf(words.AsSpan(4))));
                    break;
                case "W":
                    Widths.Add(Point(words[1]), Point(words[2]));
                    break;
                case "D":
                    Decompositions.Add(Point(words[1]), Points(words.AsSpan(2)));
                    break;
                case "C":
                    Compositions.Add((Point(words[1]), Point(words[2])), Point(words[3]));
                    break;
                case "M":
                    foreach (var mark in words.AsSpan(2))
                    {
                        MarkClasses.Add(Point(mark), byte.Parse(words[1], CultureInfo.InvariantCulture));
                    }

                    break;
                case "S":
                    SmallLetters.Add(Point(words[1]), Points(words.AsSpan(2)));
                    break;
                case "X":
                    var equals = Array.IndexOf(words, "=");
                    var look = Points(words.AsSpan(1, equals - 1));
                    foreach (var letter in words.AsSpan(equals + 1))
                    {
                        Looks.Add(Point(letter), look);
                    }

                    break;
            }
        }

        (From, To) = ([.. letters.Select(each => each.From)], [.. letters.Select(each => each.To)]);
        (Kinds, Scripts) = ([.. letters.Select(each => each.Kind)], [.. letters.Select(each => each.Scripts)]);
        Latin = scripts.SetOf(["Latn", "Hanb", "Jpan", "Kore"]);
    }

    /// <summary>Scripts that letters of ASCII go with.</summary>
    public static ScriptSet Latin { get; }

    /// <summary>Finds a letter; false if names may not have it.</summary>
    /// <param name="letter">Its code point.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="scripts">The scripts that it goes with.</param>
    /// <param name="zero">The zero of its digits, if it is a digit.</param>
    public static bool TryFind(int letter, out LetterKind kind, out ScriptSet scripts, out int zero)
    {
        var at = Array.BinarySearch(From, letter);
        at = at < 0 ? ~at - 1 : at;
        var isThere = at >= 0 && letter <= To[at];
        (kind, scripts, zero) = isThere ? (Kinds[at], Scripts[at], From[at]) : default;
        return isThere;
    }

    /// <summary>Returns the letter of usual width in the place of a wide or narrow one; any other as it is.</summary>
    public static int Width(int letter) => Widths.GetValueOrDefault(letter, letter);

    /// <summary>Returns the canonical decomposition of a letter; null if it has none.</summary>
    public static int[]? Decomposition(int letter) => Decompositions.GetValueOrDefault(letter);

    /// <summary>Returns the letter that two others compose; 0 if none.</summary>
    public static int Composition(int first, int second) => Compositions.GetValueOrDefault((first, second));

    /// <summary>Returns the canonical combining class of a mark; 0 for others.</summary>
    public static byte MarkClass(int letter) => MarkClasses.GetValueOrDefault(letter);

    /// <summary>Returns the small letter; null if the letter is one, or has none.</summary>
    public static int[]? Small(int letter) => SmallLetters.GetValueOrDefault(letter);

    /// <summary>Returns what a letter may be taken for; null if that is itself.</summary>
    public static int[]? Look(int letter) => Looks.GetValueOrDefault(letter);

    private static int Point(string digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static int[] Points(ReadOnlySpan<string> words)
    {
        var points = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            points[i] = Point(words[i]);
        }

        return points;
    }

    /// <summary>Numbers of scripts, in the order in which they are first named.</summary>
    private sealed class ScriptNames
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

        /// <summary>Returns the set of some scripts; of all of them, if none is named.</summary>
        public ScriptSet SetOf(ReadOnlySpan<string> names)
        {
            var set = names.IsEmpty ? ScriptSet.All : default;
            foreach (var name in names)
            {
                _numbers.TryAdd(name, _numbers.Count);
                set = set.With(_numbers[name]);
            }

            return set;
        }
    }
}
