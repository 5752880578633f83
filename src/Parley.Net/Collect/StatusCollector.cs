using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Parley.Net.Tcp;

namespace Parley.Net.Collect;

/// <summary>Takes lines of status from anybody who connects, and answers each with <c>ok</c> or <c>error: ...</c>.</summary>
/// <remarks>
/// <c>ok</c> means that the sink has the line. What follows the last line end when a sender closes its side is a line, too.
/// A sender that sends nonsense, resets or stalls concerns nobody else.
/// </remarks>
public sealed class StatusCollector : IAsyncDisposable
{
    private static readonly byte[] Ok = "ok\n"u8.ToArray();
    private static readonly byte[] NotUtf8 = "error: a status must be UTF-8\n"u8.ToArray();
    private static readonly byte[] Empty = "error: the status is empty\n"u8.ToArray();
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConnectionAcceptor _connections;
    private readonly IStatusSink _sink;
    private readonly StatusCollectorOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _tooLong;
    private long _lines;

    private StatusCollector(IPEndPoint endPoint, IStatusSink sink, StatusCollectorOptions options, TimeProvider time)
    {
        _sink = sink;
        _options = options;
        _time = time;
        _tooLong = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"error: a status can only be {options.MaxLineBytes} bytes long\n"));
        _connections = new ConnectionAcceptor(endPoint, ServeAsync, time);
        _connections.Start();
    }

    /// <summary>Where it listens; its port is the one that was taken if 0 was asked for.</summary>
    public IPEndPoint EndPoint => _connections.EndPoint;

    /// <summary>Number of lines that the sink has received.</summary>
    public long Lines => Volatile.Read(ref _lines);

    /// <summary>Listens; throws a <see cref="SocketException"/> where that is not possible.</summary>
    public static StatusCollector Start(
        IPEndPoint endPoint, IStatusSink sink, StatusCollectorOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(sink);
        return new StatusCollector(endPoint, sink, options ?? new StatusCollectorOptions(), time ?? TimeProvider.System);
    }

    /// <summary>Stops listening, closes what is connected; a line that is being written is finished.</summary>
    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, IPEndPoint from, CancellationToken cancellationToken)
    {
        if (_connections.Open > _options.MaxSenders)
        {
            string full = string.Create(CultureInfo.InvariantCulture, $"error: {_options.MaxSenders} are connected already, try again later\n");
            await stream.WriteAsync(Encoding.UTF8.GetBytes(full), cancellationToken).ConfigureAwait(false);
            return;
        }

        var lines = new LineReader(stream, _options.MaxLineBytes);
        await using (lines.ConfigureAwait(false))
        {
            while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false) is var read and not LineReadKind.End)
            {
                byte[] answer = read == LineReadKind.TooLong
                    ? _tooLong
                    : await TakeAsync(lines.Line, from, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(answer, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<byte[]> TakeAsync(ReadOnlySequence<byte> line, IPEndPoint from, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return NotUtf8;
        }

        // Of several CR only the last belongs to the line's end.
        text = text.EndsWith('\r') ? text[..^1] : text;
        if (string.IsNullOrWhiteSpace(text))
        {
            return Empty;
        }

        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Not the connection's token: a stop does not cut a line in two.
            await _sink.WriteAsync(new StatusLine(_time.GetUtcNow(), from, text), CancellationToken.None).ConfigureAwait(false);
            Interlocked.Increment(ref _lines);
            return Ok;
        }
        catch (Exception e)
        {
            return Encoding.UTF8.GetBytes($"error: not written: {e.Message.ReplaceLineEndings(" ")}\n");
        }
        finally
        {
            _writing.Release();
        }
    }
}
