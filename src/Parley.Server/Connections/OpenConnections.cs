using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Parley.Server.Metrics;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Connections;

/// <summary>The connections of line protocols that are open, whatever they came by: each is with its protocol until it ends, and a server that stops waits for all of them.</summary>
internal sealed class OpenConnections(ILogger<OpenConnections> logger)
{
    /// <summary>Time that connections that were cut off may take to end. Only reached when something is wrong.</summary>
    private static readonly TimeSpan MaxAbort = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<ConnectionContext> _open = [];
    private TaskCompletionSource? _allClosed;

    /// <summary>Hands a connection to its protocol, on its socket loop or else the thread pool, and disposes of it afterwards.</summary>
    public void Start(ConnectionContext connection, ConnectionHandler handler, ProtocolMetrics protocol)
    {
        lock (_gate)
        {
            _open.Add(connection);
        }

        // Not here: whoever is stuck in its first steps is not to keep the next one out.
        var started = new StartedConnection(this, connection, handler, protocol);
        if (connection is LoopConnection its)
        {
            its.Schedule(static started => ((StartedConnection)started!).Run(), started);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static started => started.Run(), started, preferLocal: false);
        }
    }

    /// <summary>Goes on with a connection of another process, and with what its protocol knew, before this returns.</summary>
    public void GoOn(ConnectionContext connection, ConnectionHandler handler, ProtocolMetrics protocol)
    {
        lock (_gate)
        {
            _open.Add(connection);
        }

        _ = HandleAsync(connection, handler, protocol);
    }

    /// <summary>Waits until all are closed; with the cancellation, those that are left are cut off. Called once, when no more come.</summary>
    public async Task CloseAllAsync(CancellationToken cancellationToken)
    {
        Task allClosed;
        lock (_gate)
        {
            _allClosed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            SignalIfAllClosed();
            allClosed = _allClosed.Task;
        }

        try
        {
            await allClosed.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What they use is disposed of next: so not before they have ended.
            AbortAll();
            await allClosed.WaitAsync(MaxAbort, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HandleAsync(ConnectionContext connection, ConnectionHandler handler, ProtocolMetrics protocol)
    {
        protocol.ConnectionOpened();
        try
        {
            await handler.OnConnectedAsync(connection);
        }
        catch (Exception e)
        {
            Log.SessionFailed(logger, connection.RemoteEndPoint, e);
        }
        finally
        {
            await connection.DisposeAsync();
            protocol.ConnectionClosed();
            lock (_gate)
            {
                _open.Remove(connection);
                SignalIfAllClosed();
            }
        }
    }

    private void SignalIfAllClosed()
    {
        if (_open.Count == 0)
        {
            _allClosed?.TrySetResult();
        }
    }

    private sealed record StartedConnection(OpenConnections All, ConnectionContext Connection, ConnectionHandler Handler, ProtocolMetrics Protocol)
    {
        public void Run() => _ = All.HandleAsync(Connection, Handler, Protocol);
    }

    private void AbortAll()
    {
        ConnectionContext[] left;
        lock (_gate)
        {
            left = [.. _open];
        }

        foreach (var connection in left)
        {
            connection.Abort();
        }
    }
}
