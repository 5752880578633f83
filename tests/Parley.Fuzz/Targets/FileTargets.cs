using System.Text;
using Parley.Core.Files;
using Parley.Server.Files;
using Parley.Server.Http;
using Parley.Server.Previews;

namespace Parley.Fuzz.Targets;

/// <summary>What uploads say of themselves, and what they are; the links in messages, and what is behind them.</summary>
internal static class FileTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("file-link", Link, typeof(FileId), typeof(FileLinks)),
        new("upload-header", Header, typeof(UploadHeader)),
        new("media-type", Type, typeof(MediaTypes)),
        new("link", WebLink, typeof(LinkFinder)),
        new("page", Page, typeof(PageReader)),
    ];

    private static void Link(ReadOnlyMemory<byte> input)
    {
        var text = Encoding.UTF8.GetString(input.Span);
        foreach (var id in FileLinks.In(input.Span))
        {
            FuzzTarget.Require(FileId.TryParse(id.Value, out var again) && again == id, "An id that is found is one");
            FuzzTarget.Require(text.Contains($"/files/{id}", StringComparison.Ordinal), "An id that is found stands in the text");
            FuzzTarget.Require(!id.Value.AsSpan().ContainsAny("./\\"), "An id leads nowhere else on a disk");
        }
    }

    private static void WebLink(ReadOnlyMemory<byte> input)
    {
        if (LinkFinder.Find(input.Span) is { } link)
        {
            FuzzTarget.Require(LinkFinder.IsPublic(link), "A link leads to the web, as nobody");
            FuzzTarget.Require(link.IsAbsoluteUri && !link.AbsoluteUri.Any(c => c <= ' '), "A link is one word");
        }
    }

    private static void Page(ReadOnlyMemory<byte> input)
    {
        if (PageReader.Read(new MemoryStream(input.ToArray()), charset: null, "example.org") is { } page)
        {
            FuzzTarget.Require(page.Title.Length is > 0 and <= 201 && page.Description.Length <= 401 && page.Site.Length is > 0 and <= 61, "Texts are bounded");
            FuzzTarget.Require(!(page.Title + page.Description + page.Site).Any(c => char.IsControl(c) || c is '\u202E' or '\u2066'), "Texts are fit to be shown");
        }
    }

    private static void Header(ReadOnlyMemory<byte> input)
    {
        // A disposition, a line break, a type.
        var parts = Encoding.Latin1.GetString(input.Span).Split('\n', 2);
        try
        {
            var header = UploadHeader.Parse(parts[0], parts.ElementAtOrDefault(1) ?? "", bytes: null);
            FuzzTarget.Require(!header.Name.Any(char.IsControl) && !header.Name.AsSpan().ContainsAny('/', '\\'), "A name shows, and is one name");
            FuzzTarget.Require(Encoding.UTF8.GetByteCount(header.Name) <= UploadHeader.MaxNameBytes, "A name fits");
        }
        catch (ProblemException e)
        {
            FuzzTarget.Require(e.Problem.Status is 400 or 415 && e.Message.Length > 0, "What will not do is told");
        }
    }

    private static void Type(ReadOnlyMemory<byte> input)
    {
        var type = MediaTypes.Of(input.Span[..Math.Min(input.Length, MediaTypes.HeadBytes)]);
        FuzzTarget.Require(type.Count(character => character == '/') == 1 && !type.Contains("html", StringComparison.Ordinal), "A type is one that does nothing");
        FuzzTarget.Require(!MediaTypes.IsPicture(type) || MediaTypes.EndingOf(type) is { Length: > 3 }, "A picture has an ending");
    }
}
