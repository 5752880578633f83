using Parley.Core.Accounts;

namespace Parley.Core.Files;

/// <summary>An uploaded file, as it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name for people, with an ending that fits its type; no control characters.</param>
/// <param name="MediaType">Type that it is served as, whatever it was said to be.</param>
/// <param name="Bytes">What it takes up, its preview included.</param>
/// <param name="Owner">Who uploaded it.</param>
/// <param name="Uploaded">When, UTC.</param>
public sealed record StoredFile(FileId Id, string Name, string MediaType, long Bytes, Identity Owner, DateTimeOffset Uploaded)
{
    /// <summary>Width of a picture in pixels; 0 for anything else.</summary>
    public int Width { get; init; }

    /// <summary>Height of a picture in pixels; 0 for anything else.</summary>
    public int Height { get; init; }

    /// <summary>True if there is a smaller copy of the picture.</summary>
    public bool HasPreview { get; init; }

    /// <summary>True if a message links to it.</summary>
    public FileUse Use { get; init; }

    /// <summary>When that last changed, UTC.</summary>
    public DateTimeOffset UsedSince { get; init; }

    /// <summary>True if it is a picture that was drawn anew when it was uploaded.</summary>
    public bool IsPicture => Width > 0;
}
