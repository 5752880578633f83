using System.Buffers;

namespace Parley.Core.History;

/// <summary>The client tags that history keeps: those that say what a message belongs to. Others are passed on, and forgotten.</summary>
/// <remarks>Tags may be ten times as long as what is said with them, and are shown to nobody who would notice: a stranger could fill the disk.</remarks>
public static class KeptTags
{
    /// <summary>The key of the tag by which a program's request is found again after the server was cut off.</summary>
    public const string Request = "+parley/request";

    private static readonly byte[][] Keys =
    [
        .. new[]
        {
            "+reply", "+draft/reply", "+react", "+draft/react", "+unreact", "+draft/unreact",
            "+channel-context", "+draft/channel-context", "+draft/persist", Request,
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    /// <summary>Of tags, <c>key=value;key=value</c>, those that are kept.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> tags)
    {
        if (tags.IsEmpty)
        {
            return default;
        }

        var kept = new ArrayBufferWriter<byte>(tags.Length);
        foreach (var range in tags.Span.Split((byte)';'))
        {
            var tag = tags.Span[range];
            if (IsKept(tag))
            {
                kept.Write(kept.WrittenCount > 0 ? ";"u8 : default);
                kept.Write(tag);
            }
        }

        return kept.WrittenCount == tags.Length ? tags : kept.WrittenMemory;
    }

    private static bool IsKept(ReadOnlySpan<byte> tag)
    {
        var end = tag.IndexOf((byte)'=');
        var key = end < 0 ? tag : tag[..end];
        foreach (var kept in Keys)
        {
            if (key.SequenceEqual(kept))
            {
                return true;
            }
        }

        return false;
    }
}
