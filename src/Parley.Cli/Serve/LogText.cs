using System.Globalization;
using System.Text;

namespace Parley.Cli.Serve;

/// <summary>Text in the log: whatever a stranger has put into it, it drives no terminal, breaks no line, and is not long.</summary>
internal static class LogText
{
    /// <summary>Text with all that is not seen as itself (control characters, marks of direction, breaks of lines) written as <c>\uXXXX</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxChars">More than so many characters are cut off.</param>
    /// <param name="keepsLines">Whether breaks of lines stay, as those of a stack trace.</param>
    public static string Escape(string text, int maxChars, bool keepsLines = false)
    {
        var end = Math.Min(text.Length, maxChars);
        var first = 0;
        while (first < end && !IsHidden(text, first, keepsLines))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (var i = first; i < end; i++)
        {
            if (!IsHidden(text, i, keepsLines))
            {
                escaped.Append(text[i]);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            }
        }

        return (end < text.Length ? escaped.Append("...") : escaped).ToString();
    }

    private static bool IsHidden(string text, int at, bool keepsLines) => text[at] switch
    {
        >= ' ' and <= '~' => false,
        '\n' or '\r' => !keepsLines,
        var character => char.GetUnicodeCategory(character)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (char.IsSurrogate(character) && !IsPart(text, at)),
    };

    private static bool IsPart(string text, int at)
        => char.IsSurrogatePair(text, char.IsHighSurrogate(text[at]) ? at : Math.Max(0, at - 1)) && (char.IsHighSurrogate(text[at]) || at > 0);
}
