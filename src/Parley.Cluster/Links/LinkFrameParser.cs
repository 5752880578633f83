using System.Buffers;
using System.Buffers.Binary;

namespace Parley.Cluster.Links;

// frame     = length payload
// length    = 4OCTET                 ; of the payload, the lowest octet first
// payload   = *OCTET                 ; empty: the other end says only that it is there

/// <summary>Cuts what comes over a link into frames.</summary>
internal static class LinkFrameParser
{
    /// <summary>Octets before the payload.</summary>
    public const int HeaderBytes = 4;

    /// <summary>Takes the next frame from the front of what has come; where it is not complete, nothing is taken.</summary>
    public static FrameResult Next(ref ReadOnlySequence<byte> received, int maxBytes, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (received.Length < HeaderBytes)
        {
            return FrameResult.Incomplete;
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        received.Slice(0, HeaderBytes).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length > (uint)maxBytes)
        {
            return FrameResult.TooLong;
        }

        if (received.Length - HeaderBytes < length)
        {
            return FrameResult.Incomplete;
        }

        payload = received.Slice(HeaderBytes, length);
        received = received.Slice(payload.End);
        return FrameResult.Complete;
    }
}
