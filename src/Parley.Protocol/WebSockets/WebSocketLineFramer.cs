using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Parley.Protocol.Framing;

namespace Parley.Protocol.WebSockets;

// https://www.rfc-editor.org/rfc/rfc6455#section-5.4, https://ircv3.net/specs/extensions/websocket
//
// stream  = *( message / control ) [ close ]
// message = frame / first *( control / continuation ) last      ; one line, without its ending
// control = ping / pong                                         ; also between the pieces of a message

/// <summary>Takes a client's messages off the front of a byte stream, each as one line, and answers its pings.</summary>
/// <remarks>
/// Takes masks off in place: what it is given MUST be the connection's own bytes, and is read once.
/// What is left in the input MUST NOT exceed one frame of the longest message, so a peer cannot make the reader keep more.
/// </remarks>
/// <param name="kind">The kind of messages that was agreed: text or binary.</param>
/// <param name="maxMessageBytes">Bytes in a message.</param>
/// <param name="limits">Which lines are too long for the dialect.</param>
/// <param name="answer">Is given frames to send.</param>
public sealed class WebSocketLineFramer(WebSocketOpcode kind, int maxMessageBytes, LineFeedFramer limits, Action<byte[]> answer) : ILineFramer
{
    private ArrayBufferWriter<byte>? _pieces;
    private (WebSocketCloseCode Code, string Reason)? _end;

    /// <inheritdoc/>
    public FrameResult TryRead(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
    {
        line = default;
        Span<byte> key = stackalloc byte[WebSocketMask.KeyBytes];
        while (_end is null)
        {
            if (!WebSocketFrameHeader.TryRead(input, out var header, key, out var error))
            {
                if (error is null)
                {
                    return FrameResult.Incomplete;
                }

                End(WebSocketCloseCode.ProtocolError, error);
            }
            else if (!header.IsControl && !MayFollow(header))
            {
                // Why is said already.
            }
            else if (input.Length - header.Bytes < header.PayloadBytes)
            {
                return FrameResult.Incomplete;
            }
            else
            {
                var masked = input.Slice(header.Bytes, header.PayloadBytes);
                input = input.Slice(masked.End);
                var payload = Own(masked);
                WebSocketMask.Apply(payload.Span, key);
                if (header.IsControl)
                {
                    Heed(header.Opcode, payload.Span);
                }
                else if (TryComplete(header.IsLast, payload, out line) is var result and (FrameResult.Line or FrameResult.TooLong))
                {
                    return result;
                }
            }
        }

        // Nobody looks at what follows, and it is not to be kept.
        input = input.Slice(input.End);
        return FrameResult.End;
    }

    /// <summary>A message that was begun is not one.</summary>
    public bool TryReadRest(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> line)
    {
        line = default;
        input = input.Slice(input.End);
        return false;
    }

    /// <inheritdoc/>
    public byte[] Farewell(bool isStopping)
    {
        var (code, reason) = _end ?? (isStopping ? (WebSocketCloseCode.GoingAway, "Server is shutting down") : (WebSocketCloseCode.Normal, "Goodbye"));
        return WebSocketWriter.Close(code, reason);
    }

    /// <inheritdoc/>
    public byte[]? Save() => _end is not null ? null : _pieces is null ? [] : [1, .. _pieces.WrittenSpan];

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<byte> state)
    {
        if (state.IsEmpty)
        {
            return;
        }

        if (state[0] != 1 || state.Length > maxMessageBytes + 1)
        {
            throw new FormatException("Not the state of a WebSocket framer");
        }

        _pieces = new ArrayBufferWriter<byte>(Math.Max(state.Length - 1, 1));
        _pieces.Write(state[1..]);
    }

    /// <summary>The bytes in one piece that may be changed.</summary>
    private static Memory<byte> Own(in ReadOnlySequence<byte> bytes)
        => bytes.IsSingleSegment ? MemoryMarshal.AsMemory(bytes.First) : bytes.ToArray();

    private static bool IsCode(int code) => code is >= 1000 and < 5000 and not (1004 or 1005 or 1006 or 1015) and not (> 1014 and < 3000);

    private void End(WebSocketCloseCode code, string reason) => _end = (code, reason);

    /// <summary>True if a piece of a message may come now, of that kind and that long; judged before it is there.</summary>
    private bool MayFollow(in WebSocketFrameHeader header)
    {
        if (header.Opcode == WebSocketOpcode.Continuation == _pieces is null)
        {
            End(WebSocketCloseCode.ProtocolError, _pieces is null ? "There is no message to go on with" : "A message ends before the next one begins");
        }
        else if (header.Opcode != WebSocketOpcode.Continuation && header.Opcode != kind)
        {
            End(WebSocketCloseCode.UnsupportedData, $"Messages are {(kind == WebSocketOpcode.Text ? "text" : "binary")}, as was agreed");
        }
        else if (header.PayloadBytes > maxMessageBytes - (_pieces?.WrittenCount ?? 0))
        {
            End(WebSocketCloseCode.TooBig, $"Messages have at most {maxMessageBytes} bytes");
        }

        return _end is null;
    }

    private void Heed(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        if (opcode == WebSocketOpcode.Ping)
        {
            answer(WebSocketWriter.Control(WebSocketOpcode.Pong, payload));
        }
        else if (opcode == WebSocketOpcode.Close)
        {
            if (payload.Length == 1 || (payload.Length >= 2 && !IsCode(BinaryPrimitives.ReadUInt16BigEndian(payload))))
            {
                End(WebSocketCloseCode.ProtocolError, "A close frame has a code that exists, or none");
            }
            else if (payload.Length > 2 && !Utf8.IsValid(payload[2..]))
            {
                End(WebSocketCloseCode.InvalidPayload, "A reason is UTF-8");
            }
            else
            {
                End(WebSocketCloseCode.Normal, "Goodbye");
            }
        }
    }

    private FrameResult TryComplete(bool isLast, ReadOnlyMemory<byte> payload, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (!isLast || _pieces is not null)
        {
            _pieces ??= new ArrayBufferWriter<byte>(Math.Max(payload.Length, 1));
            _pieces.Write(payload.Span);
            if (!isLast)
            {
                return FrameResult.Incomplete;
            }

            payload = _pieces.WrittenMemory;
            _pieces = null;
        }

        if (kind == WebSocketOpcode.Text && !Utf8.IsValid(payload.Span))
        {
            End(WebSocketCloseCode.InvalidPayload, "Text is UTF-8");
            return FrameResult.End;
        }

        payload = payload[..payload.Span.TrimEnd("\r\n"u8).Length];
        if (payload.Span.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
        {
            End(WebSocketCloseCode.InvalidPayload, "A message is one line");
            return FrameResult.End;
        }

        var content = new ReadOnlySequence<byte>(payload);
        if (limits.IsTooLong(content))
        {
            return FrameResult.TooLong;
        }

        line = content;
        return FrameResult.Line;
    }
}
