using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Parley.Core.Files;

/// <summary>Id of an uploaded file. Whoever knows it may read the file: it is 128 random bits, in 22 characters of base64url.</summary>
public readonly record struct FileId
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 22;

    private const int RandomBytes = 16;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string? _value;

    private FileId(string value) => _value = value;

    /// <summary>The id as it stands in links; empty for no file.</summary>
    public string Value => _value ?? "";

    /// <summary>Draws a new one.</summary>
    public static FileId New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <summary>Reads an id; false for a text that cannot be one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FileId id)
    {
        var isId = text.Length == Length && !text.ContainsAnyExcept(Characters);
        id = isId ? new FileId(text.ToString()) : default;
        return isId;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
