using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parley.Core.History;

/// <summary>
/// Text as search compares it: words of letters and digits, without case, Latin letters without accents. The same as what
/// SQLite's tokenizer <c>unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'</c> makes of it.
/// </summary>
internal static class FoldedText
{
    // The combining marks that the tokenizer takes off; others, such as the vowel signs of Indic scripts, are part of a word.
    private static readonly SearchValues<char> Accents = SearchValues.Create(
        "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030A\u030B\u030C\u030F\u0311\u031B"
        + "\u0323\u0324\u0325\u0326\u0327\u0328\u032D\u032E\u0330\u0331");

    /// <summary>Folds UTF-8 into words with one space before each; the result is how many characters that took.</summary>
    /// <param name="utf8">Any bytes; what is not UTF-8 only parts words.</param>
    /// <param name="folded">MUST hold twice as many characters as there are bytes.</param>
    public static int Fold(ReadOnlySpan<byte> utf8, Span<char> folded)
    {
        var length = 0;
        var inWord = false;
        while (!utf8.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(utf8, out var rune, out var consumed) == OperationStatus.Done;
            utf8 = utf8[consumed..];
            if (!valid || !(IsOfWord(rune) || IsAccent(rune)))
            {
                inWord = false;
                continue;
            }

            if (!inWord)
            {
                folded[length++] = ' ';
                inWord = true;
            }

            if (!IsAccent(rune))
            {
                length += WithoutCase(rune).EncodeToUtf16(folded[length..]);
            }
        }

        return length;
    }

    private static Rune WithoutCase(Rune rune) =>
        rune.IsAscii || !AccentedLetters.TryGetBase(rune, out var letter) ? Rune.ToLowerInvariant(rune) : letter;

    private static bool IsAccent(Rune rune) => rune.IsBmp && Accents.Contains((char)rune.Value);

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || (!rune.IsAscii && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.PrivateUse
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
