using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Parley.Core.Delivery;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport.Tls;

/// <summary>The inside of a connection that is encrypted; whoever disposes of it still has the outside to dispose of.</summary>
/// <remarks>
/// The handshake runs on the thread pool: it signs with the server's key, which takes a millisecond. Afterwards bytes are
/// decrypted on the thread that brings them, and encrypted on the one that has something to send: a line takes some
/// microseconds, and nothing waits.
/// </remarks>
internal sealed class TlsConnection : ConnectionContext, IDuplexPipe, IOutboxTransport, IHandshake
{
    private readonly ConnectionContext _outside;
    private readonly TlsHandshake _handshake;
    private readonly PipeStream _pipes;
    private readonly SslStream _stream;
    private readonly TlsTransport _transport;
    private bool _isOpen;
    private Task? _finishing;

    public TlsConnection(ConnectionContext outside, TlsHandshake handshake)
    {
        _outside = outside;
        _handshake = handshake;
        _pipes = new PipeStream(outside.Transport);
        _stream = new SslStream(_pipes);

        // Whoever waits for a message holds no buffers.
        Input = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        _transport = new TlsTransport(_stream);
        Features = new FeatureCollection(outside.Features);
        if (outside is IConnectionSocketFeature socket)
        {
            Features.Set(socket);
        }
    }

    public PipeReader Input { get; }

    /// <summary>For who needs a pipe; line protocols send from their outbox.</summary>
    public PipeWriter Output => field ??= PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException("The connection is its own transport.");
    }

    public override IFeatureCollection Features { get; }

    public override string ConnectionId { get => _outside.ConnectionId; set => _outside.ConnectionId = value; }

    public override IDictionary<object, object?> Items { get => _outside.Items; set => _outside.Items = value; }

    public override CancellationToken ConnectionClosed { get => _outside.ConnectionClosed; set => _outside.ConnectionClosed = value; }

    public override EndPoint? RemoteEndPoint { get => _outside.RemoteEndPoint; set => _outside.RemoteEndPoint = value; }

    public override EndPoint? LocalEndPoint { get => _outside.LocalEndPoint; set => _outside.LocalEndPoint = value; }

    public async ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken)
    {
        if (!await _handshake.TryAsync(_stream, RemoteEndPoint, cancellationToken))
        {
            return false;
        }

        _pipes.LeavesLoop = false;
        Features.Set<ITlsFeature>(TlsSession.Of(_stream));
        return true;
    }

    public void Open(Outbox outbox)
    {
        _isOpen = true;
        _transport.Open(outbox);
    }

    public int Write(ReadOnlySpan<byte> bytes) => _transport.Write(bytes);

    public Task FinishAsync() => _finishing ??= _transport.FinishAsync();

    public override void Abort(ConnectionAbortedException abortReason) => _outside.Abort(abortReason);

    public override async ValueTask DisposeAsync()
    {
        if (_isOpen)
        {
            if (_finishing is not { IsCompleted: true })
            {
                // What is still being sent has had its time; and the stream MUST NOT be disposed of while it is in use.
                _outside.Abort();
            }

            await FinishAsync();
        }

        await Input.CompleteAsync();
        await _stream.DisposeAsync();
        await _outside.Transport.Input.CompleteAsync();
        await _outside.Transport.Output.CompleteAsync();
        await base.DisposeAsync();
    }
}
