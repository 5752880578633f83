using System.Buffers;
using System.Text;
using Parley.Core.Text;

namespace Parley.Server.Previews;

// link  = ("http" / "https") "://" 1*(any but SP, control characters, "<", ">" and quotes)     ; in any case, where a word begins
//         without the marks that end a sentence, and without a closing bracket that is not opened in it

/// <summary>Finds the link of a message that is previewed: the first.</summary>
internal static class LinkFinder
{
    /// <summary>Bytes of the longest link that is looked at.</summary>
    public const int MaxBytes = 2000;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(
        [.. Enumerable.Range(0, 0x21).Select(each => (byte)each), 0x7F, (byte)'<', (byte)'>', (byte)'"', (byte)'`', (byte)'|', (byte)'\\', (byte)'^']);

    /// <summary>The first link that a text has; null if it has none, or one that nobody should be sent to.</summary>
    /// <param name="text">UTF-8.</param>
    public static Uri? Find(ReadOnlySpan<byte> text)
    {
        for (var start = Next(text, 0); start >= 0; start = Next(text, start + 1))
        {
            var link = text[start..];
            var end = link.IndexOfAny(Ends);
            link = WithoutMarks(end < 0 ? link : link[..end]);
            if (IsWordStart(text, start) && link.Length <= MaxBytes
                && AbsoluteUrl.TryParse(Encoding.UTF8.GetString(link), out var found) && IsPublic(found))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>True if the address is one of the web, and neither names a person nor a password.</summary>
    public static bool IsPublic(Uri link)
        => (link.Scheme == Uri.UriSchemeHttp || link.Scheme == Uri.UriSchemeHttps) && link.Host.Length > 0 && link.UserInfo.Length == 0;

    private static int Next(ReadOnlySpan<byte> text, int from)
    {
        for (var rest = text[from..]; ; rest = text[from..])
        {
            var at = rest.IndexOf("://"u8);
            if (at < 0)
            {
                return -1;
            }

            foreach (var scheme in (ReadOnlySpan<int>)[5, 4])
            {
                if (at >= scheme && Ascii.EqualsIgnoreCase(rest.Slice(at - scheme, scheme), scheme == 5 ? "https"u8 : "http"u8))
                {
                    return from + at - scheme;
                }
            }

            from += at + 3;
        }
    }

    private static bool IsWordStart(ReadOnlySpan<byte> text, int start) => start == 0 || !char.IsAsciiLetterOrDigit((char)text[start - 1]);

    private static ReadOnlySpan<byte> WithoutMarks(ReadOnlySpan<byte> link)
    {
        while (link is [.. var before, var last])
        {
            var isMark = ".,;:!?'*_~"u8.Contains(last)
                || (last == ')' && before.Count((byte)'(') <= before.Count((byte)')'))
                || (last == ']' && before.Count((byte)'[') <= before.Count((byte)']'));
            if (!isMark)
            {
                break;
            }

            link = before;
        }

        return link;
    }
}
