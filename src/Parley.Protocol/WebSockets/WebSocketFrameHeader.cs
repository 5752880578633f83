using System.Buffers;
using System.Buffers.Binary;

namespace Parley.Protocol.WebSockets;

// RFC 6455, section 5.2
//
// header  = first second [length] key
// first   = FIN(1 bit) RSV(3 bits, 0) opcode(4 bits)
// second  = MASK(1 bit, 1 from a client) length7(7 bits)
// length  = 2 OCTET (if length7 is 126) / 8 OCTET (if it is 127, the first bit 0)     ; big-endian
// key     = 4 OCTET

/// <summary>The header of a frame that a client sends.</summary>
/// <param name="Opcode">The kind of frame.</param>
/// <param name="IsLast">Whether it ends its message.</param>
/// <param name="Bytes">Bytes in the header.</param>
/// <param name="PayloadBytes">Bytes in the payload that follows.</param>
public readonly record struct WebSocketFrameHeader(WebSocketOpcode Opcode, bool IsLast, int Bytes, long PayloadBytes)
{
    /// <summary>Bytes in the longest header; its key is its end.</summary>
    public const int MaxBytes = 14;

    private const int MaxControlBytes = 125;

    /// <summary>True if the frame is about the connection and not part of a message.</summary>
    public bool IsControl => Opcode >= WebSocketOpcode.Close;

    /// <summary>Reads a header at the front of some bytes.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="header">The header, if true is returned.</param>
    /// <param name="error">The rule that it breaks, in words for the client; null if it breaks none so far.</param>
    /// <returns>False if there is no whole header, or one that breaks a rule.</returns>
    public static bool TryRead(ReadOnlySpan<byte> input, out WebSocketFrameHeader header, out string? error)
    {
        (header, error) = (default, null);
        if (input.Length < 2)
        {
            return false;
        }

        var (first, second) = (input[0], input[1]);
        var opcode = (WebSocketOpcode)(first & 0x0f);
        var (isLast, length) = ((first & 0x80) != 0, second & 0x7f);
        error = (first & 0x70) != 0 ? "Reserved bits are 0, as no extension was agreed"
            : opcode is not ((>= WebSocketOpcode.Continuation and <= WebSocketOpcode.Binary) or (>= WebSocketOpcode.Close and <= WebSocketOpcode.Pong)) ? "A frame has a known opcode"
            : (second & 0x80) == 0 ? "A client's frame is masked"
            : opcode >= WebSocketOpcode.Close && (!isLast || length > MaxControlBytes) ? "A control frame has one piece of at most 125 bytes"
            : null;
        var bytes = length switch { < 126 => 2, 126 => 4, _ => 10 } + WebSocketMask.KeyBytes;
        if (error is not null || input.Length < bytes)
        {
            return false;
        }

        var payload = length switch
        {
            < 126 => length,
            126 => BinaryPrimitives.ReadUInt16BigEndian(input[2..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(input[2..]),
        };
        error = payload < 0 ? "A frame has less than 2^63 bytes" : null;
        header = new WebSocketFrameHeader(opcode, isLast, bytes, payload);
        return error is null;
    }

    /// <summary>Reads a header at the front of a sequence, as of a span.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="header">The header, if true is returned.</param>
    /// <param name="key">The masking key, if true is returned; at least <see cref="WebSocketMask.KeyBytes"/> long.</param>
    /// <param name="error">The rule that it breaks, in words for the client; null if it breaks none so far.</param>
    internal static bool TryRead(in ReadOnlySequence<byte> input, out WebSocketFrameHeader header, Span<byte> key, out string? error)
    {
        Span<byte> copy = stackalloc byte[MaxBytes];
        scoped var front = input.FirstSpan;
        if (front.Length < MaxBytes && !input.IsSingleSegment)
        {
            var length = (int)Math.Min(input.Length, MaxBytes);
            input.Slice(0, length).CopyTo(copy);
            front = copy[..length];
        }

        if (!TryRead(front, out header, out error))
        {
            return false;
        }

        front.Slice(header.Bytes - WebSocketMask.KeyBytes, WebSocketMask.KeyBytes).CopyTo(key);
        return true;
    }
}
