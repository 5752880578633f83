using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.TestKit;

/// <summary>A connection without a network: what the server is given, and the client's end of it.</summary>
public sealed class InMemoryConnection : ConnectionContext, IConnectionLifetimeFeature
{
    private readonly Pipe _toServer;
    private readonly Pipe _toClient;
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _cutOff = new();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A connection that comes from this machine unless <see cref="RemoteEndPoint"/> is set.</summary>
    /// <param name="sendBufferBytes">How much the client's machine takes before the client reads; what the kernel's buffers are to a socket.</param>
    public InMemoryConnection(int sendBufferBytes = 64 * 1024)
    {
        _toServer = new Pipe(new PipeOptions(useSynchronizationContext: false, pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
        _toClient = new Pipe(new PipeOptions(
            useSynchronizationContext: false,
            pauseWriterThreshold: sendBufferBytes,
            resumeWriterThreshold: Math.Max(1, sendBufferBytes / 2)));
        Transport = new DuplexPipe(_toServer.Reader, _toClient.Writer);
        ClientEnd = new PipeEnd(this, _toClient.Reader, _toServer.Writer);
        ConnectionClosed = _closed.Token;
        RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 50000);
        Features.Set<IConnectionLifetimeFeature>(this);
    }

    /// <summary>The client's end.</summary>
    public IClientEnd ClientEnd { get; }

    /// <summary>Completes when the server has cut the client off.</summary>
    public Task Aborted => _aborted.Task;

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString();

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    internal CancellationToken CutOff => _cutOff.Token;

    /// <summary>Cuts the client off: it gets nothing more, not even what was on its way.</summary>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (!_aborted.TrySetResult())
        {
            return;
        }

        _cutOff.Cancel();
        _toServer.Writer.Complete(abortReason);
        _toClient.Reader.Complete();
        _closed.Cancel();
    }

    /// <summary>What the transport says once the client is gone.</summary>
    internal void ClientIsGone() => _closed.Cancel();
}
