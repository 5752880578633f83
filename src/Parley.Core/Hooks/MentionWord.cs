namespace Parley.Core.Hooks;

/// <summary>Finds a word or a name in a text, in any case, where it stands by itself.</summary>
public static class MentionWord
{
    /// <summary>Whether the word is there, with neither letter, digit, <c>-</c> nor <c>_</c> on either side: names are made of these.</summary>
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
            if ((start == 0 || !IsOfWord(text[start - 1])) && (end == text.Length || !IsOfWord(text[end])))
            {
                return true;
            }

            rest = text[(start + 1)..];
        }
    }

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || character is '-' or '_';
}
