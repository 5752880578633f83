using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Parley.Core.Text;

// pattern = *( "*" / CHAR )      ; "*" stands for any characters, spaces too; a CHAR that is in no word parts words
//
// It begins and ends where words do, unless it begins or ends with "*".

/// <summary>A pattern of a word filter, such as <c>spam</c>, <c>spam*</c> and <c>*buy*now*</c>.</summary>
public sealed class WordPattern
{
    /// <summary>The longest pattern.</summary>
    public const int MaxBytes = 64;

    /// <summary>Describes the form of a pattern to people: one sentence, without the full stop.</summary>
    public const string Form = "A pattern has letters or digits, * for any characters, at most 64 bytes, and no spaces or ?";

    private readonly string[] _pieces;

    private WordPattern(string text, string[] pieces) => (Text, _pieces) = (text, pieces);

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WordPattern? pattern)
    {
        pattern = null;
        if (text is null or "" or [':', ..] || Encoding.UTF8.GetByteCount(text) > MaxBytes
            || text.Any(letter => letter is '?' || char.IsWhiteSpace(letter) || char.IsControl(letter)) || FoldedText.Of(text).Length == 0)
        {
            return false;
        }

        var written = text.Split('*');
        List<string> pieces = [];
        for (var at = 0; at < written.Length; at++)
        {
            var piece = PieceOf(written[at], isFirst: at == 0, isLast: at == written.Length - 1);
            if (piece.Length > 0)
            {
                pieces.Add(piece);
            }
        }

        pattern = new WordPattern(text, [.. pieces]);
        return true;
    }

    /// <summary>True if a text has what the pattern says.</summary>
    /// <param name="folded">The text as <see cref="FoldedText"/> gives it, with one more space at its end.</param>
    /// <remarks>Each piece is looked for once, behind the one before it: no pattern has it go back.</remarks>
    internal bool Matches(ReadOnlySpan<char> folded)
    {
        foreach (var piece in _pieces)
        {
            var found = folded.IndexOf(piece);
            if (found < 0)
            {
                return false;
            }

            folded = folded[(found + piece.Length)..];
        }

        return true;
    }

    /// <summary>The part between two stars, with a space where a word has to begin or end.</summary>
    private static string PieceOf(string written, bool isFirst, bool isLast)
    {
        if (written.Length == 0)
        {
            return "";
        }

        var words = FoldedText.Of(written).TrimStart(' ');
        if (words.Length == 0)
        {
            return " ";
        }

        Rune.DecodeFromUtf16(written, out var first, out _);
        Rune.DecodeLastFromUtf16(written, out var last, out _);
        return (isFirst || !IsOfWord(first) ? " " : "") + words + (isLast || !IsOfWord(last) ? " " : "");
    }

    private static bool IsOfWord(Rune rune) => FoldedText.Of(rune.ToString()).Length > 0;
}
