using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Server.Addressed;
using Parley.Server.Collect;
using Parley.Server.Connections;
using Parley.Server.Irc;
using Parley.Server.Lines;
using Parley.Server.Metrics;
using Parley.Server.Options;
using Parley.Server.Transport;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Hosting;

/// <summary>Listens for the line protocols, hands each connection to its protocol, and stops in the one order in which nothing accepted is lost.</summary>
internal sealed class LineListeners(
    ParleyOptions options,
    LineListenerFactory factory,
    ConnectionLayers layers,
    LinesConnectionHandler lines,
    AddressedConnectionHandler addressed,
    IrcConnectionHandler irc,
    CollectConnectionHandler collect,
    ShutdownSequence shutdown,
    ParleyMetrics metrics,
    ILogger<LineListeners> logger) : IHostedLifecycleService, IListenerList
{
    /// <summary>What IRC is called in a TLS handshake.</summary>
    private static readonly SslApplicationProtocol IrcProtocol = new("irc");

    private readonly Lock _gate = new();
    private readonly HashSet<ConnectionContext> _open = [];
    private readonly List<(string Name, IConnectionListener Listener)> _listeners = [];
    private readonly List<Task> _accepting = [];
    private TaskCompletionSource? _allClosed;

    /// <summary>The listeners that are ready.</summary>
    public IEnumerable<Listener> Listeners => _listeners.Select(listener => new Listener(listener.Name, listener.Listener.EndPoint));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        (string Name, ListenAddress Address, ConnectionHandler Handler, bool IsTls)[] wanted =
        [
            ("lines", options.Lines, lines, false),
            ("addressed", options.Addressed, addressed, false),
            ("irc", options.Irc, irc, false),
            ("ircs", options.HasTls ? options.Ircs : ListenAddress.Off, irc.Over("ircs"), true),
            ("collect", options.Collect, collect, false),
        ];
        foreach (var (name, address, protocol, isTls) in wanted)
        {
            if (address.EndPoint is not { } endPoint)
            {
                continue;
            }

            try
            {
                var handler = isTls ? layers.OverTls(protocol, IrcProtocol) : layers.Over(protocol);
                var listener = await factory.BindAsync(endPoint, cancellationToken);
                _listeners.Add((name, listener));
                _accepting.Add(AcceptAsync(listener, handler, metrics.For(name)));
            }
            catch (CertificateException e)
            {
                throw new ListenException($"There can be no TLS at {endPoint}: {e.Message}", e);
            }
            catch (SocketException e)
            {
                throw ListenException.Because(name, endPoint, e.SocketErrorCode == SocketError.AddressAlreadyInUse, e);
            }
        }
    }

    /// <summary>
    /// Accepts no more; has every session finish the line in hand; and waits until each has been sent what it is owed,
    /// for as long as the sessions themselves allow that to take. Comes before anything else is stopped: HTTP can still be
    /// asked whether the server is ready.
    /// </summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, listener) in _listeners)
        {
            await listener.UnbindAsync(cancellationToken);
        }

        await Task.WhenAll(_accepting);
        await shutdown.BeginAsync();
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
            AbortAll();
        }
    }

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AcceptAsync(IConnectionListener listener, ConnectionHandler handler, ProtocolMetrics protocol)
    {
        try
        {
            while (await listener.AcceptAsync() is { } connection)
            {
                lock (_gate)
                {
                    _open.Add(connection);
                }

                // Not here: whoever is stuck in its first steps is not to keep the next one out.
                ThreadPool.UnsafeQueueUserWorkItem(
                    static accepted => _ = accepted.Listeners.HandleAsync(accepted.Connection, accepted.Handler, accepted.Protocol),
                    (Listeners: this, Connection: connection, Handler: handler, Protocol: protocol),
                    preferLocal: false);
            }
        }
        catch (Exception e)
        {
            Log.ListenerFailed(logger, listener.EndPoint, e);
        }

        await listener.DisposeAsync();
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
