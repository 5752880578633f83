using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Net.Tcp;

namespace Parley.Net.Echo;

/// <summary>Sends every line back to whoever sent it, to any number of clients at once.</summary>
/// <remarks>
/// What follows the last line end when a client closes its side comes back, too. A client that does not read is not read from.
/// Disposing of the server cuts off those who are connected.
/// </remarks>
public sealed class EchoServer : IAsyncDisposable
{
    private readonly ConnectionAcceptor _connections;
    private readonly int _maxLineBytes;
    private readonly byte[] _tooLong;
    private long _served;
    private long _lines;

    private EchoServer(IPEndPoint endPoint, EchoServerOptions options)
    {
        _maxLineBytes = options.MaxLineBytes;
        _tooLong = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"error: a line can only be {_maxLineBytes} bytes long\n"));
        _connections = new ConnectionAcceptor(endPoint, ServeAsync, TimeProvider.System);
        _connections.Start();
    }

    /// <summary>Where it listens; its port is the one that was taken if 0 was asked for.</summary>
    public IPEndPoint EndPoint => _connections.EndPoint;

    /// <summary>Number of clients that are connected.</summary>
    public int Clients => _connections.Open;

    /// <summary>Number of clients that have connected so far.</summary>
    public long ServedClients => Volatile.Read(ref _served);

    /// <summary>Number of lines sent back so far.</summary>
    public long Lines => Volatile.Read(ref _lines);

    /// <summary>Listens; throws a <see cref="SocketException"/> where that is not possible.</summary>
    public static EchoServer Start(IPEndPoint endPoint, EchoServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return new EchoServer(endPoint, options ?? new EchoServerOptions());
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, IPEndPoint from, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _served);
        var lines = new LineReader(stream, _maxLineBytes);
        await using (lines.ConfigureAwait(false))
        {
            while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is var read and not LineReadKind.End)
            {
                if (read == LineReadKind.TooLong)
                {
                    await stream.WriteAsync(_tooLong, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                // Before it goes out: who has it back finds it counted.
                Interlocked.Increment(ref _lines);
                await SendBackAsync(stream, lines.Line, isWhole: read == LineReadKind.Line, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // In one piece, or the LF would travel in a packet of its own.
    private static async Task SendBackAsync(
        NetworkStream stream, ReadOnlySequence<byte> line, bool isWhole, CancellationToken cancellationToken)
    {
        int length = (int)line.Length + (isWhole ? 1 : 0);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            line.CopyTo(bytes);
            if (isWhole)
            {
                bytes[length - 1] = (byte)'\n';
            }

            await stream.WriteAsync(bytes.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
