using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport.Http;

/// <summary>
/// A connection of HTTP whose socket a loop watches. The loop receives into a pipe, from which HTTP reads on the thread pool, as its
/// handlers may block; after an upgrade the socket can be taken over.
/// </summary>
internal sealed class HttpConnection : DefaultConnectionContext, IDuplexPipe, ISocketHandover
{
    private readonly LoopConnection _socket;
    private readonly Pipe _incoming = new(new PipeOptions(useSynchronizationContext: false));
    private readonly LoopSendStream _sending;
    private readonly Task _receiving;

    // Not disposed of: whoever closes may be a moment behind whoever disposes.
    private readonly CancellationTokenSource _closed = new();
    private volatile bool _isTaken;

    public HttpConnection(LoopConnection socket)
    {
        _socket = socket;
        socket.Layer = _sending = new LoopSendStream(socket);
        Output = PipeWriter.Create(_sending);
        Transport = this;
        ConnectionClosed = _closed.Token;
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        Features.Set<IConnectionSocketFeature>(socket);
        Features.Set<ISocketHandover>(this);
        _receiving = ReceiveAsync();
    }

    public PipeReader Input => _incoming.Reader;

    public PipeWriter Output { get; }

    public bool IsPossible => ReferenceEquals(Transport, this);

    public async ValueTask<LoopConnection> TakeAsync(Stream upgraded)
    {
        _isTaken = true;
        await EndReceivingAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        var early = new ArrayBufferWriter<byte>();
        while (await upgraded.ReadAsync(buffer) is > 0 and var length)
        {
            early.Write(buffer.AsSpan(0, length));
        }

        ArrayPool<byte>.Shared.Return(buffer);

        // HTTP leaves its answer in the writer when the client has closed its sending side already.
        await Output.FlushAsync();
        _sending.End();
        _socket.Layer = null;
        if (early.WrittenCount > 0)
        {
            _socket.Unread(early.WrittenSpan);
        }

        return _socket;
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (!_isTaken)
        {
            _socket.Abort(abortReason);
        }

        _ = _closed.CancelAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await _incoming.Reader.CompleteAsync();
        try
        {
            await Output.CompleteAsync();
        }
        catch (IOException)
        {
            // The client is gone. What it was still to be sent must not keep the socket and its place from being given back.
        }

        _sending.End();
        if (!_isTaken)
        {
            _socket.Abort();
            await EndReceivingAsync();
            await _socket.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <summary>Has the loop receive no more into the pipe; whoever waits goes on outside the loop.</summary>
    private async Task EndReceivingAsync()
    {
        _socket.Input.CancelPendingRead();
        _incoming.Writer.CancelPendingFlush();
        await _receiving;
        await Task.Yield();
    }

    private async Task ReceiveAsync()
    {
        var (input, output) = (_socket.Input, _incoming.Writer);
        try
        {
            while (true)
            {
                var result = await input.ReadAsync();
                foreach (var piece in result.Buffer)
                {
                    output.Write(piece.Span);
                }

                input.AdvanceTo(result.Buffer.End);
                var flushed = await output.FlushAsync();
                if (result.IsCompleted || result.IsCanceled || flushed.IsCompleted || flushed.IsCanceled)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The client is gone.
        }

        await output.CompleteAsync();
        if (!_isTaken)
        {
            // Also tells requests that are being answered.
            _ = _closed.CancelAsync();
        }
    }
}
