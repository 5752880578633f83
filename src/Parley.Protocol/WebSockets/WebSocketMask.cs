using System.Runtime.InteropServices;

namespace Parley.Protocol.WebSockets;

/// <summary>The mask that a client lays over its payloads (RFC 6455, section 5.3); to lay it again takes it off.</summary>
public static class WebSocketMask
{
    /// <summary>Bytes in a masking key.</summary>
    public const int KeyBytes = 4;

    /// <summary>Lays the mask over a whole payload, in place.</summary>
    public static void Apply(Span<byte> payload, ReadOnlySpan<byte> key)
    {
        var narrow = MemoryMarshal.Read<uint>(key);
        var wide = ((ulong)narrow << 32) | narrow;
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        foreach (ref var word in words)
        {
            word ^= wide;
        }

        for (var i = words.Length * sizeof(ulong); i < payload.Length; i++)
        {
            payload[i] ^= key[i % KeyBytes];
        }
    }
}
