using System.Text.RegularExpressions;

namespace Parley.Cli.Chat.Screen.Text;

/// <summary>Finds the web addresses in what people write.</summary>
internal static partial class Links
{
    /// <summary>The parts of the text in order, each a link or what stands between links.</summary>
    public static IEnumerable<(string Text, bool IsLink)> Split(string text)
    {
        int at = 0;
        foreach (Match link in Pattern().Matches(text))
        {
            if (link.Index > at)
            {
                yield return (text[at..link.Index], false);
            }

            yield return (link.Value, true);
            at = link.Index + link.Length;
        }

        if (at < text.Length)
        {
            yield return (text[at..], false);
        }
    }

    // The end of a sentence is not part of the address, nor is a closing bracket: (see https://example.org/).
    [GeneratedRegex(@"\bhttps?://[^\s<>""]*[^\s<>"".,;:!?')\]}]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
