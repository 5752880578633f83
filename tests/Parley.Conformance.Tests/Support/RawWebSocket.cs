using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Support;

/// <summary>A WebSocket client that frames by hand (RFC 6455), so that it can do what no library lets one do.</summary>
internal sealed class RawWebSocket : IAsyncDisposable
{
    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private RawWebSocket(Socket socket) => (_socket, _stream) = (socket, new NetworkStream(socket));

    /// <summary>What the server has said to the handshake.</summary>
    public string Handshake { get; private set; } = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Connects, with further header lines in the handshake.</summary>
    public static Task<RawWebSocket> ConnectAsync(EndPoint address, params string[] headers) => ConnectAsync(address, early: [], headers);

    /// <summary>Connects, and sends bytes together with the handshake.</summary>
    public static async Task<RawWebSocket> ConnectAsync(EndPoint address, byte[] early, params string[] headers)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, Token);
        var client = new RawWebSocket(socket);
        string[] lines =
        [
            "GET /irc HTTP/1.1", $"Host: {address}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", .. headers,
            .. headers.Any(header => header.StartsWith("Sec-WebSocket-Protocol", StringComparison.Ordinal)) ? (string[])[] : ["Sec-WebSocket-Protocol: text.ircv3.net"],
            "", "",
        ];
        await client._stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), .. early], Token);
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            answer.Append((char)(await client.ReadAsync(1))[0]);
        }

        client.Handshake = answer.ToString();
        return client;
    }

    /// <summary>Sends bytes as they are.</summary>
    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes, Token).AsTask().WithinSafetyAsync();

    /// <summary>Sends a frame, masked with zeros as a client's has to be masked.</summary>
    public Task SendAsync(byte opcode, ReadOnlyMemory<byte> payload, bool isLast = true, byte reserved = 0)
        => SendBytesAsync(Frame(opcode, payload.Span, isLast, reserved));

    /// <summary>A frame, masked with zeros.</summary>
    public static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload, bool isLast = true, byte reserved = 0)
    {
        byte[] length = payload.Length switch
        {
            < 126 => [(byte)(0x80 | payload.Length)],
            <= ushort.MaxValue => [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [0x80 | 127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        return [(byte)((isLast ? 0x80 : 0) | reserved | opcode), .. length, 0, 0, 0, 0, .. payload];
    }

    /// <summary>The next frame.</summary>
    public async Task<(byte Opcode, byte[] Payload)> ReceiveAsync()
    {
        var head = await ReadAsync(2);
        var length = head[1] & 0x7f;
        length = length == 126 ? BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2)) : length;
        return ((byte)(head[0] & 0x0f), await ReadAsync(length));
    }

    /// <summary>The next frame of a kind; those before it are passed over.</summary>
    public async Task<byte[]> ReceiveAsync(byte wanted)
    {
        while (true)
        {
            var (opcode, payload) = await ReceiveAsync();
            if (opcode == wanted)
            {
                return payload;
            }
        }
    }

    /// <summary>The code of the server's close frame.</summary>
    public async Task<int> ReceiveCloseAsync() => BinaryPrimitives.ReadUInt16BigEndian(await ReceiveAsync(Close));

    /// <summary>The server has closed the connection in good order.</summary>
    public async Task ExpectEndAsync() => Assert.Equal(0, await _stream.ReadAsync(new byte[1], Token).AsTask().WithinSafetyAsync());

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _socket.Dispose();
    }

    private async Task<byte[]> ReadAsync(int length)
    {
        var bytes = new byte[length];
        await _stream.ReadExactlyAsync(bytes, Token).AsTask().WithinSafetyAsync();
        return bytes;
    }
}
