using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.EndToEnd.Tests.Support;

/// <summary>A bare TCP connection that speaks in lines and ends in every way in which connections end.</summary>
internal sealed class LineSocket : IDisposable
{
    private const int RememberedLines = 30;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Queue<string> _lastLines = new();
    private PipeReader? _reader;

    public static async Task<LineSocket> ConnectAsync(int port)
    {
        LineSocket connection = new();
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        connection._reader = PipeReader.Create(new NetworkStream(connection._socket), new StreamPipeReaderOptions(bufferSize: 16384));
        return connection;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
        }
    }

    public Task SendLineAsync(string line)
    {
        Remember($"> {line}");
        return SendAsync(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>The next line; null when the server has ended its side. A reset is an <see cref="IOException"/>.</summary>
    public async ValueTask<string?> ReadLineAsync()
    {
        while (true)
        {
            ReadResult result = await _reader!.ReadAsync();
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                string line = Encoding.UTF8.GetString(result.Buffer.Slice(0, end));
                _reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                Remember($"< {line}");
                return line;
            }

            if (result.IsCompleted)
            {
                return null;
            }

            _reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Bytes as they come, for those who only count; 0 at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer) => _socket.ReceiveAsync(buffer, SocketFlags.None);

    /// <summary>Says that nothing more will be said, and still listens.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Goes without a goodbye: the other side gets a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>What went back and forth at last.</summary>
    public override string ToString()
    {
        lock (_lastLines)
        {
            return string.Join('\n', _lastLines.Select(line => $"  {line}"));
        }
    }

    private void Remember(string line)
    {
        lock (_lastLines)
        {
            if (_lastLines.Count == RememberedLines)
            {
                _lastLines.Dequeue();
            }

            _lastLines.Enqueue(line);
        }
    }
}
