using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.TestKit;

namespace Parley.Server.Tests.Fairness;

/// <summary>A client on lines that reads all the time, as fast as lines come, and writes as fast as the socket takes them.</summary>
internal sealed class StreamingClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _lines;

    /// <summary>Lines that came in after the name.</summary>
    public long Lines => Volatile.Read(ref _lines);

    /// <summary>Connects, and takes a name.</summary>
    public static async Task<StreamingClient> EnterAsync(EndPoint address, string name)
    {
        var client = new StreamingClient();
        await client._socket.ConnectAsync(address).WithinSafetyAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes($"/name {name}\n"));
        await client.ReadAsync(line => !line.EndsWith(Encoding.ASCII.GetBytes($" is now {name}"))).WithinSafetyAsync();
        client._lines = 0;
        return client;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Reads line after line until the look at one says that it was the last, or the connection has ended.</summary>
    public async Task ReadAsync(LookAtLine goesOn)
    {
        while (true)
        {
            int length;
            while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) >= 0)
            {
                var line = _buffer.AsSpan(_start, length);
                _start += length + 1;
                Volatile.Write(ref _lines, _lines + 1);
                if (!goesOn(line))
                {
                    return;
                }
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
            if (received == 0)
            {
                return;
            }

            _end += received;
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Looks at a line; false: it was the last.</summary>
    public delegate bool LookAtLine(ReadOnlySpan<byte> line);
}
