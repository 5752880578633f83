using System.Text;

namespace Parley.Core.Text;

/// <summary>Table of the letters whose folding is more than their small letter, as in <c>Folding.txt</c>.</summary>
/// <remarks>A table, since the runtime neither decomposes nor folds fully where it does without the system's culture data, as here.</remarks>
internal static class FoldingTable
{
    /// <summary>No letter is folded into more UTF-16 units than these.</summary>
    public const int MaxLength = 3;

    // Side by side, in the order of the letters: 12 bytes for each of some 3000.
    private static readonly int[] Letters;
    private static readonly string[] Folded;

    static FoldingTable()
    {
        using var reader = new StreamReader(typeof(FoldingTable).Assembly.GetManifestResourceStream("Parley.Core.Text.Folding.txt")!, Encoding.UTF8);
        var rows = new List<(int Letter, string Folded)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var folded, var letters])
            {
                rows.AddRange(letters.EnumerateRunes().Select(letter => (letter.Value, folded)));
            }
        }

        rows.Sort(static (one, other) => one.Letter.CompareTo(other.Letter));
        Letters = [.. rows.Select(row => row.Letter)];
        Folded = [.. rows.Select(row => row.Folded)];
    }

    /// <summary>Returns the folding of a letter; null if that is its small letter.</summary>
    public static string? Find(Rune letter) => Array.BinarySearch(Letters, letter.Value) is >= 0 and var index ? Folded[index] : null;
}
