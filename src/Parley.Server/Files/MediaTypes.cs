using System.Text.Unicode;

namespace Parley.Server.Files;

/// <summary>Types of files by what they begin with, whatever anybody says that they are. What is not known is <see cref="Unknown"/>.</summary>
internal static class MediaTypes
{
    /// <summary>Bytes of a file that are looked at.</summary>
    public const int HeadBytes = 4096;

    /// <summary>Anything, for people to save.</summary>
    public const string Unknown = "application/octet-stream";

    /// <summary>Text, also of a page or a program: it is shown as it is written.</summary>
    public const string Text = "text/plain";

    // https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern and the tables that follow it; of these the types that have a sure mark.
    private static readonly (int Offset, byte[] Mark, string Type, string Ending)[] Marks =
    [
        (0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png", ".png"),
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg", ".jpg"),
        (0, [.. "GIF87a"u8], "image/gif", ".gif"),
        (0, [.. "GIF89a"u8], "image/gif", ".gif"),
        (8, [.. "WEBPVP"u8], "image/webp", ".webp"),
        (0, [.. "%PDF-"u8], "application/pdf", ".pdf"),
        (4, [.. "ftypheic"u8], "image/heic", ".heic"),
        (4, [.. "ftypavif"u8], "image/avif", ".avif"),
        (4, [.. "ftypqt"u8], "video/quicktime", ".mov"),
        (4, [.. "ftypM4A"u8], "audio/mp4", ".m4a"),
        (4, [.. "ftyp"u8], "video/mp4", ".mp4"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "video/webm", ".webm"),
        (0, [.. "OggS"u8], "audio/ogg", ".ogg"),
        (0, [.. "ID3"u8], "audio/mpeg", ".mp3"),
        (0, [0xFF, 0xFB], "audio/mpeg", ".mp3"),
        (0, [.. "fLaC"u8], "audio/flac", ".flac"),
        (8, [.. "WAVE"u8], "audio/wav", ".wav"),
        (0, [.. "PK\u0003\u0004"u8], "application/zip", ".zip"),
        (0, [0x1F, 0x8B, 0x08], "application/gzip", ".gz"),
    ];

    /// <summary>The type of a file.</summary>
    /// <param name="head">Its first <see cref="HeadBytes"/>, or all of it.</param>
    public static string Of(ReadOnlySpan<byte> head)
    {
        foreach (var (offset, mark, type, _) in Marks)
        {
            if (head.Length >= offset && head[offset..].StartsWith(mark))
            {
                return type;
            }
        }

        return IsText(head) ? Text : Unknown;
    }

    /// <summary>True if a type is of pictures that are drawn anew, and may be shown.</summary>
    public static bool IsPicture(string type) => type is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    /// <summary>The ending of names of a type that is shown; null for a type that is only saved, under the name that it has.</summary>
    public static string? EndingOf(string type)
        => IsPicture(type) ? Array.Find(Marks, mark => mark.Type == type).Ending : null;

    /// <summary>UTF-8 without control characters but for those of texts; the head may end within a character.</summary>
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.Length == HeadBytes)
        {
            var end = head.Length;
            while (end > head.Length - 4 && (head[end - 1] & 0xC0) == 0x80)
            {
                end--;
            }

            head = head[..(end - 1)];
        }

        return Utf8.IsValid(head) && !head.ContainsAnyInRange((byte)0x00, (byte)0x08) && !head.ContainsAnyInRange((byte)0x0E, (byte)0x1A)
            && !head.ContainsAnyInRange((byte)0x1C, (byte)0x1F) && !head.Contains((byte)0x0B) && !head.Contains((byte)0x7F);
    }
}
