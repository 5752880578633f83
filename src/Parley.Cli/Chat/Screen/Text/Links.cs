using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Cli.Chat.Screen.Text;

/// <summary>Finds the web addresses in what people write.</summary>
internal static partial class Links
{
    /// <summary>The parts of the text in order, each a link or what stands between links.</summary>
    public static IEnumerable<(string Text, bool IsLink)> Split(string text)
    {
        int at = 0;
        foreach (Match match in Pattern().Matches(text))
        {
            int length = LengthOf(match.ValueSpan);
            if (length == 0)
            {
                continue;
            }

            if (match.Index > at)
            {
                yield return (text[at..match.Index], false);
            }

            yield return (text.Substring(match.Index, length), true);
            at = match.Index + length;
        }

        if (at < text.Length)
        {
            yield return (text[at..], false);
        }
    }

    // The end of a sentence is not part of the address, nor is a bracket that was opened before it: (see https://example.org/).
    // One that is opened in it is: https://en.wikipedia.org/wiki/Parley_(band).
    private static int LengthOf(ReadOnlySpan<char> match)
    {
        int host = match.IndexOf("://", StringComparison.Ordinal) + 3;
        ReadOnlySpan<char> link = match;
        while (link.Length > host && (IsSentenceMark(link[^1]) || IsUnopened(link)))
        {
            link = link[..^1];
        }

        return link.Length > host && (char.IsLetterOrDigit(link[host]) || link[host] == '[') ? link.Length : 0;
    }

    private static bool IsSentenceMark(char c) => c is '.' or ',' or ';' or ':' or '!' or '?' or '\''
        || (c > 0x7F && char.GetUnicodeCategory(c) is UnicodeCategory.OtherPunctuation or UnicodeCategory.FinalQuotePunctuation);

    private static bool IsUnopened(ReadOnlySpan<char> link)
    {
        char closing = link[^1];
        char opening = closing switch
        {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            '\uFF09' => '\uFF08',
            '\u300D' => '\u300C',
            '\u300F' => '\u300E',
            '\u3011' => '\u3010',
            _ => '\0',
        };
        return opening != '\0' && link.Count(closing) > link.Count(opening);
    }

    [GeneratedRegex(@"\bhttps?://[^\s<>""]+", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
