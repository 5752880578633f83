using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser;
using Parley.Protocol.Framing;

namespace Parley.Server.Previews;

/// <summary>Reads the title of a page, its description and the name of its site: by Open Graph (https://ogp.me), or else as HTML has them.</summary>
/// <remarks>No script runs, nothing is loaded, and of the page only its head is read, so what stands behind that costs nothing.</remarks>
internal static class PageReader
{
    private const int MaxTitle = 200;
    private const int MaxDescription = 400;
    private const int MaxSite = 60;

    /// <summary>Reads a page; null if it has no title.</summary>
    /// <param name="page">The page, or its beginning.</param>
    /// <param name="charset">Its encoding, as its server says; null if that says none, and the page may.</param>
    /// <param name="host">Where it was found.</param>
    public static LinkPreview? Read(Stream page, string? charset, string host)
    {
        var parser = new HtmlParser();
        var head = EncodingOf(charset) is { } encoding
            ? parser.ParseHead(new StreamReader(page, encoding).ReadToEnd())
            : parser.ParseHead(page);
        string Meta(string attribute, string name) => head?.Children
            .FirstOrDefault(each => each.LocalName == "meta" && string.Equals(each.GetAttribute(attribute), name, StringComparison.OrdinalIgnoreCase))?
            .GetAttribute("content") ?? "";
        var title = FirstOf(MaxTitle, Meta("property", "og:title"), head?.Children.FirstOrDefault(each => each.LocalName == "title")?.TextContent ?? "");
        return title.Length == 0 ? null : new LinkPreview(
            title,
            FirstOf(MaxDescription, Meta("property", "og:description"), Meta("name", "description")),
            FirstOf(MaxSite, Meta("property", "og:site_name"), host));
    }

    private static Encoding? EncodingOf(string? charset)
    {
        try
        {
            return charset is null ? null : Encoding.GetEncoding(charset.Trim('"', ' '));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string FirstOf(int max, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (Clean(text, max) is { Length: > 0 } clean)
            {
                return clean;
            }
        }

        return "";
    }

    /// <summary>A text in one line, without what would turn writing around or drive a terminal, and not too long.</summary>
    private static string Clean(string text, int max)
    {
        var clean = new StringBuilder();
        var isSpace = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(isSpace ? "" : " ");
                isSpace = true;
                continue;
            }

            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse || (rune.IsBmp && Utf8Text.IsUnsafe((char)rune.Value)))
            {
                continue;
            }

            if (clean.Length + rune.Utf16SequenceLength > max)
            {
                return clean.ToString().TrimEnd() + "…";
            }

            clean.Append(rune);
            isSpace = false;
        }

        return clean.ToString().TrimEnd();
    }
}
