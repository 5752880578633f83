using System.Globalization;
using System.Text;
using Parley.Core.Text;

namespace Parley.Core.Hooks;

/// <summary>Finds a word or a name in a text, in any case, where it stands by itself.</summary>
public static class MentionWord
{
    /// <summary>
    /// True if the word is there, with neither letter, digit, <c>-</c> nor <c>_</c> on either side: names are made of these. In scripts
    /// that write words side by side, it may be among other letters.
    /// </summary>
    public static bool IsIn(ReadOnlySpan<char> text, string word)
    {
        for (var rest = text; ;)
        {
            var at = rest.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return false;
            }

            var start = text.Length - rest.Length + at;
            var end = start + word.Length;
            if ((start == 0 || IsDense(word, 0) || !IsOfWord(text[start - 1])) && (end == text.Length || IsDense(word, word.Length - 1) || !IsOfWord(text[end])))
            {
                return true;
            }

            rest = text[(start + 1)..];
        }
    }

    internal static bool IsOfWord(char character)
        => char.IsLetterOrDigit(character) || character is '-' or '_'
            || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    internal static bool IsDense(string word, int at)
    {
        at -= at > 0 && char.IsLowSurrogate(word[at]) ? 1 : 0;
        return Rune.TryGetRuneAt(word, at, out var rune) && Scripts.IsDense(rune);
    }
}
