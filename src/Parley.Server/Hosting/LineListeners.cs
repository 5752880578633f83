using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Delivery;
using Parley.Server.Addressed;
using Parley.Server.Collect;
using Parley.Server.Connections;
using Parley.Server.Irc.Dispatch;
using Parley.Server.Irc.Sessions;
using Parley.Server.Lines.Dispatch;
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
    IrcContext ircContext,
    CollectConnectionHandler collect,
    OpenConnections open,
    OpenSessions sessions,
    ShutdownSequence shutdown,
    ParleyMetrics metrics,
    TimeProvider time,
    ILogger<LineListeners> logger) : IHostedLifecycleService, IListenerList
{
    /// <summary>Names of the protocols in a TLS handshake (ALPN); only IRC's is registered.</summary>
    private static readonly SslApplicationProtocol IrcProtocol = new("irc");
    private static readonly SslApplicationProtocol LinesProtocol = new("parley-lines");
    private static readonly SslApplicationProtocol AddressedProtocol = new("parley-addressed");

    private readonly List<(string Name, IConnectionListener Listener)> _listeners = [];
    private readonly List<Task> _accepting = [];

    /// <summary>The listeners that are ready.</summary>
    public IEnumerable<Listener> Listeners => _listeners.Select(listener => new Listener(listener.Name, listener.Listener.EndPoint));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        (string Name, ListenAddress Address, ConnectionHandler Handler, SslApplicationProtocol? Tls)[] wanted =
        [
            ("lines", options.Lines, lines, null),
            ("lines-tls", options.LinesTls, lines, LinesProtocol),
            ("addressed", options.Addressed, addressed, null),
            ("addressed-tls", options.AddressedTls, addressed, AddressedProtocol),
            ("irc", options.Irc, irc, null),
            ("ircs", options.HasTls ? options.Ircs : ListenAddress.Off, irc.Over("ircs"), IrcProtocol),
            ("collect", options.Collect, collect, null),
        ];
        foreach (var (name, address, protocol, tls) in wanted)
        {
            if (address.EndPoint is not { } endPoint)
            {
                continue;
            }

            try
            {
                var handler = tls is { } asked ? layers.OverTls(protocol, asked) : layers.Over(protocol);
                var listener = await factory.BindAsync(endPoint, cancellationToken);
                _listeners.Add((name, listener));
                if (tls is null && !IPAddress.IsLoopback(endPoint.Address) && options.ProxyFrom.IsEmpty)
                {
                    Log.PlainTextForOthers(logger, name, listener.EndPoint, name is "irc" ? "ircs" : name is "collect" ? "proxy-from" : name + "-tls");
                }

                _accepting.Add(AcceptAsync(listener, handler, metrics.For(name)));
            }
            catch (CertificateException e)
            {
                throw new ListenException($"There can be no TLS at {endPoint}: {e.Message}", e);
            }
            catch (SocketException e)
            {
                throw ListenException.Because(options, name, endPoint, e.SocketErrorCode == SocketError.AddressAlreadyInUse, e);
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
        if (shutdown.Handover is not null)
        {
            await HandOverAsync();
        }
        else
        {
            await shutdown.BeginAsync();
            await open.CloseAllAsync(cancellationToken);
        }

        await ircContext.SentMarks.SaveAsync();
    }

    /// <summary>Has every session stop between two lines, and gathers those that another process goes on with; the others are told why they end.</summary>
    private async Task HandOverAsync()
    {
        // Nobody waits for a reader any more, so commands in hand come to their end soon.
        StopPacing();
        await shutdown.BeginAsync();
        StopPacing();
        var stopped = shutdown.WhenStoppedAsync();
        if (!await IsDoneAsync(stopped, Handover.Patience))
        {
            await shutdown.EndAsync();
            if (!await IsDoneAsync(stopped, Handover.Patience))
            {
                shutdown.GiveUpReaders();
            }
        }

        await stopped;
        using var limit = new CancellationTokenSource(Handover.Patience + (2 * Handover.Goodbye), time);
        await open.CloseAllAsync(limit.Token);
    }

    private void StopPacing()
    {
        foreach (var (session, _) in sessions.All())
        {
            session.Outbox.StopPacing();
        }
    }

    private async Task<bool> IsDoneAsync(Task task, TimeSpan patience)
    {
        try
        {
            await task.WaitAsync(patience, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
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
                open.Start(connection, handler, protocol);
            }
        }
        catch (Exception e)
        {
            Log.ListenerFailed(logger, listener.EndPoint, e);
        }

        await listener.DisposeAsync();
    }
}
