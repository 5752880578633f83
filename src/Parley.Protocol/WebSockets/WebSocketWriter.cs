using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Parley.Protocol.WebSockets;

/// <summary>The frames that a server sends: whole messages, not masked.</summary>
public static class WebSocketWriter
{
    private const int MaxHeaderBytes = 10;

    /// <summary>Writes a frame.</summary>
    public static void WriteFrame(IBufferWriter<byte> output, WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        var span = output.GetSpan(MaxHeaderBytes + payload.Length);
        span[0] = (byte)(0x80 | (int)opcode);
        var header = 2;
        if (payload.Length < 126)
        {
            span[1] = (byte)payload.Length;
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            span[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(span[2..], (ushort)payload.Length);
            header = 4;
        }
        else
        {
            span[1] = 127;
            BinaryPrimitives.WriteInt64BigEndian(span[2..], payload.Length);
            header = MaxHeaderBytes;
        }

        payload.CopyTo(span[header..]);
        output.Advance(header + payload.Length);
    }

    /// <summary>Writes lines, each ended by LF or CRLF, as one message each without its ending.</summary>
    public static void WriteLines(IBufferWriter<byte> output, WebSocketOpcode opcode, ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = end < 0 ? lines : lines[..end];
            lines = end < 0 ? default : lines[(end + 1)..];
            WriteFrame(output, opcode, line is [.., (byte)'\r'] ? line[..^1] : line);
        }
    }

    /// <summary>A frame about the connection.</summary>
    /// <param name="opcode">Which.</param>
    /// <param name="payload">At most 125 bytes.</param>
    public static byte[] Control(WebSocketOpcode opcode, ReadOnlySpan<byte> payload) => [(byte)(0x80 | (int)opcode), (byte)payload.Length, .. payload];

    /// <summary>A close frame.</summary>
    /// <param name="code">The reason for programs.</param>
    /// <param name="reason">The reason for people; at most 123 bytes.</param>
    public static byte[] Close(WebSocketCloseCode code, string reason)
        => Control(WebSocketOpcode.Close, [(byte)((int)code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);
}
