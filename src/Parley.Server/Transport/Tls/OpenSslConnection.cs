using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Parley.Core.Delivery;
using Parley.Server.Transport.Loop;
using Parley.Server.Transport.Tls.OpenSsl;

namespace Parley.Server.Transport.Tls;

/// <summary>The inside of a loop's connection that is encrypted by OpenSSL: it reads and sends as one in plain text does.</summary>
/// <remarks>The handshake runs on the thread pool, as it signs with the server's key, which takes a millisecond; nothing else leaves the loop.</remarks>
internal sealed class OpenSslConnection : ConnectionContext, IDuplexPipe, IOutboxTransport, IHandshake
{
    private readonly LoopConnection _outside;
    private readonly TlsHandshake _handshake;
    private OpenSslSession? _session;
    private Outbox? _outbox;
    private Task? _finishing;
    private bool _hasBegun;

    public OpenSslConnection(LoopConnection outside, TlsHandshake handshake)
    {
        (_outside, _handshake) = (outside, handshake);
        Features.Set<IConnectionSocketFeature>(outside);
    }

    public PipeReader Input => _outside.Input;

    public PipeWriter Output => throw new NotSupportedException("Line protocols send from their outbox.");

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException("The connection is its own transport.");
    }

    public override IFeatureCollection Features => _outside.Features;

    public override string ConnectionId { get => _outside.ConnectionId; set => _outside.ConnectionId = value; }

    public override IDictionary<object, object?> Items { get => _outside.Items; set => _outside.Items = value; }

    public override CancellationToken ConnectionClosed { get => _outside.ConnectionClosed; set => _outside.ConnectionClosed = value; }

    public override EndPoint? RemoteEndPoint { get => _outside.RemoteEndPoint; set => _outside.RemoteEndPoint = value; }

    public override EndPoint? LocalEndPoint { get => _outside.LocalEndPoint; set => _outside.LocalEndPoint = value; }

    public ValueTask<bool> TryCompleteAsync(CancellationToken cancellationToken) => _handshake.TryAsync(HandshakeAsync, RemoteEndPoint, cancellationToken);

    public void Open(Outbox outbox)
    {
        _outbox = outbox;
        _outside.Sending = outbox;
        outbox.Open(this);
    }

    /// <summary>Under the outbox's gate, so never twice at a time.</summary>
    public int Write(ReadOnlySpan<byte> bytes) => _session!.Write(bytes);

    public Task FinishAsync() => _finishing ??= FinishOnceAsync();

    public override void Abort(ConnectionAbortedException abortReason) => _outside.Abort(abortReason);

    public override ValueTask DisposeAsync()
    {
        _session?.Dispose();
        return base.DisposeAsync();
    }

    private async Task FinishOnceAsync()
    {
        await _outbox!.WhenSentAsync();
        await _session!.FinishAsync();
    }

    private async Task HandshakeAsync(CancellationToken cancellationToken)
    {
        var session = _session = _handshake.Contexts.Create((int)_outside.Socket.Handle);
        _outside.Layer = session;
        using var onEnd = cancellationToken.UnsafeRegister(static input => ((PipeReader)input!).CancelPendingRead(), Input);
        while (!await TryGoOnAsync(session, cancellationToken))
        {
        }

        var (protocol, cipher, fingerprint) = session.Agreement();
        Features.Set<ITlsFeature>(new TlsSession(protocol, cipher, fingerprint));
        _outside.ReadThroughLayer();
    }

    /// <summary>Has the next bytes taken to heart. True: the handshake is done.</summary>
    private async Task<bool> TryGoOnAsync(OpenSslSession session, CancellationToken cancellationToken)
    {
        var result = await Input.ReadAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (result is { IsCompleted: true, Buffer.IsEmpty: true })
        {
            throw new IOException("the client has left");
        }

        // Copied right here, on the loop, which has its buffer back.
        var length = (int)result.Buffer.Length;
        var received = ArrayPool<byte>.Shared.Rent(length);
        result.Buffer.CopyTo(received);
        Input.AdvanceTo(result.Buffer.End);
        if (!_hasBegun && PlainTextAnswer.IsDue(received.AsSpan(0, length)))
        {
            ArrayPool<byte>.Shared.Return(received);
            await _outside.Socket.SendAsync(PlainTextAnswer.Text, cancellationToken);
            throw PlainTextAnswer.Reason();
        }

        _hasBegun = true;
        await Task.Yield();
        await _handshake.Turns.WaitAsync(cancellationToken);
        try
        {
            return session.Handshake(received.AsSpan(0, length));
        }
        finally
        {
            _handshake.Turns.Release();
            ArrayPool<byte>.Shared.Return(received);
        }
    }
}
