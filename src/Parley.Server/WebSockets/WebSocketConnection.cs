using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Parley.Server.Connections;

namespace Parley.Server.WebSockets;

/// <summary>
/// A WebSocket as a connection of a line protocol: each message is one line without its ending, both ways
/// (https://ircv3.net/specs/extensions/websocket). What breaks that rule ends the connection with the code that says how.
/// For those whose socket cannot be taken over: behind TLS of the framework's, compressed, or where there are no socket loops.
/// </summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe
{
    /// <summary>Number of bytes that may wait between an outbox and a socket that is busy; more wait in the outbox, where they are counted.</summary>
    private const int MaxPendingBytes = 16 * 1024;

    /// <summary>Time a client may take to answer that the connection ends.</summary>
    private static readonly TimeSpan MaxLinger = TimeSpan.FromSeconds(2);

    /// <summary>https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number</summary>
    private const WebSocketCloseStatus ServiceRestart = (WebSocketCloseStatus)1012;

    private readonly WebSocket _socket;
    private readonly CancellationToken _gone;
    private readonly TimeProvider _time;
    private readonly int _maxMessageBytes;
    private readonly Pipe _incoming = new(new PipeOptions(pauseWriterThreshold: MaxPendingBytes, resumeWriterThreshold: MaxPendingBytes / 2));
    private readonly Pipe _outgoing = new(new PipeOptions(pauseWriterThreshold: MaxPendingBytes, resumeWriterThreshold: MaxPendingBytes / 2));
    private readonly CancellationTokenSource _closed = new();
    private (WebSocketCloseStatus Status, string Reason)? _end;
    private bool _isBroken;

    /// <param name="socket">The socket; it is disposed of by whoever has made it.</param>
    /// <param name="remote">The client.</param>
    /// <param name="maxMessageBytes">Bytes in a message that comes in.</param>
    /// <param name="time">The clock.</param>
    /// <param name="gone">Cancelled when the client has closed its side.</param>
    public WebSocketConnection(WebSocket socket, IPEndPoint? remote, int maxMessageBytes, TimeProvider time, CancellationToken gone)
    {
        _socket = socket;
        _gone = gone;
        _maxMessageBytes = maxMessageBytes;
        _time = time;
        RemoteEndPoint = remote;
        ConnectionClosed = _closed.Token;
    }

    public PipeReader Input => _incoming.Reader;

    public PipeWriter Output => _outgoing.Writer;

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException("The connection is its own transport.");
    }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    private WebSocketMessageType Kind =>
        string.Equals(_socket.SubProtocol, WebSocketProtocols.Binary, StringComparison.Ordinal) ? WebSocketMessageType.Binary : WebSocketMessageType.Text;

    /// <summary>Carries messages both ways until a side ends; completes when the client knows it, or has had its time to.</summary>
    /// <param name="conversation">What is said, which ends the connection when it ends.</param>
    /// <param name="shutdown">Says whether the server stops, or is handed over: then that is why.</param>
    public async Task RunAsync(Task conversation, ShutdownSequence shutdown)
    {
        var receiving = ReceiveAsync();
        var sending = SendAsync();
        await conversation;
        await Output.CompleteAsync();
        await sending;
        await EndAsync(receiving, _end ?? (shutdown.Handover is not null ? (ServiceRestart, "The server goes on as a newer program: connect again")
            : shutdown.Stopping.IsCancellationRequested ? (WebSocketCloseStatus.EndpointUnavailable, "Server is shutting down")
            : (WebSocketCloseStatus.NormalClosure, "Goodbye")));
    }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override ValueTask DisposeAsync()
    {
        _closed.Dispose();
        return base.DisposeAsync();
    }

    private async Task ReceiveAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_maxMessageBytes + 1);
        try
        {
            while (await ReceiveMessageAsync(buffer) is >= 0 and var length)
            {
                // The ending that the framer looks for; there is room for it.
                buffer[length] = (byte)'\n';
                if ((await _incoming.Writer.WriteAsync(buffer.AsMemory(0, length + 1))).IsCompleted)
                {
                    break;
                }
            }

            await EndInputAsync();
            await DiscardAsync(buffer);
        }
        catch (WebSocketException e) when (e.WebSocketErrorCode != WebSocketError.ConnectionClosedPrematurely)
        {
            // What came is no frame, or no text, which the socket has told the client by itself.
            _isBroken = true;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException)
        {
            // It is gone.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await EndInputAsync();
        }
    }

    private async Task EndInputAsync()
    {
        await _incoming.Writer.CompleteAsync();
        await _closed.CancelAsync();
    }

    /// <summary>
    /// Reads on, to nowhere, until the client has heard that the connection ends: to close a socket while it still brings bytes
    /// in would have the system reset the connection, and the client would not be told why.
    /// </summary>
    private async Task DiscardAsync(byte[] buffer)
    {
        while (_socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        }
    }

    /// <summary>The length of the next message; less than 0 if there is none any more.</summary>
    private async ValueTask<int> ReceiveMessageAsync(byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return -1;
            }

            if (result.MessageType != Kind)
            {
                return End(WebSocketCloseStatus.InvalidMessageType, $"{_socket.SubProtocol} has no {result.MessageType.ToString().ToLowerInvariant()} messages");
            }

            if (length > _maxMessageBytes)
            {
                return End(WebSocketCloseStatus.MessageTooBig, $"Messages have at most {_maxMessageBytes} bytes");
            }

            if (result.EndOfMessage)
            {
                var line = buffer.AsSpan(0, length).TrimEnd("\r\n"u8);
                return line.IndexOfAny((byte)'\r', (byte)'\n') < 0 ? line.Length
                    : End(WebSocketCloseStatus.InvalidPayloadData, "A message is one line");
            }
        }
    }

    private int End(WebSocketCloseStatus status, string reason)
    {
        _end = (status, reason);
        return -1;
    }

    private async Task SendAsync()
    {
        var output = _outgoing.Reader;
        try
        {
            while (true)
            {
                var result = await output.ReadAsync();
                var rest = result.Buffer;
                while (TryTakeLine(ref rest, out var line))
                {
                    await _socket.SendAsync(
                        line.IsSingleSegment ? line.First : line.ToArray(), Kind, endOfMessage: true, CancellationToken.None);
                }

                output.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // It is gone; whoever writes is told with the next bytes.
        }

        await output.CompleteAsync();
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        line = default;
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            return false;
        }

        line = rest.Slice(0, end);
        rest = rest.Slice(rest.GetPosition(1, end));
        if (!line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == '\r')
        {
            line = line.Slice(0, line.Length - 1);
        }

        return true;
    }

    /// <summary>Says why the connection ends, and gives the client the time to say that it has heard.</summary>
    private async Task EndAsync(Task receiving, (WebSocketCloseStatus Status, string Reason) end)
    {
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await _socket.CloseOutputAsync(end.Status, end.Reason, CancellationToken.None);
            }

            await Input.CompleteAsync();
            await receiving.WaitAsync(MaxLinger, _time);
            if (_isBroken)
            {
                // Such a socket reads no more, and is reset when it is disposed of: not before the client has been told.
                await Task.Delay(MaxLinger, _time, _gone);
            }
        }
        catch (Exception e) when (e is WebSocketException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            _socket.Abort();
        }

        await receiving;
    }
}
