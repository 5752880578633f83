using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Core.Broker.Homes;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Addressed;
using Parley.Server.Connections;
using Parley.Server.Irc.Dispatch;
using Parley.Server.Irc.Server;
using Parley.Server.Irc.Sessions;
using Parley.Server.Lines.Dispatch;
using Parley.Server.Metrics;
using Parley.Server.Posting;
using Parley.Server.Transport;
using Parley.Server.Transport.Loop;
using Parley.Server.Upgrade;
using Parley.Server.WebSockets;

namespace Parley.Server.Hosting;

/// <summary>Has everybody and everything be here as another server has left it, before anything starts; then serves those connections.</summary>
/// <param name="state">What that server has left.</param>
/// <param name="opening">Says when this one serves.</param>
/// <param name="services">The server's services.</param>
/// <param name="logger">Is told of connections that cannot be kept.</param>
internal sealed class GoingOnServer(ServerState state, ServerOpening opening, IServiceProvider services, ILogger<GoingOnServer> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>Time for which somebody with an account stays whose connection has ended.</summary>
    public static readonly TimeSpan Stay = TimeSpan.FromSeconds(60);

    private static readonly SilentFlavor Silence = new();

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<(Session Session, string? Reason)> _absent = [];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var broker = new BrokerHandover(services.GetRequiredService<LocalBroker>());
        await broker.RestoreAsync(state.Broker, cancellationToken);
        foreach (var (connection, descriptor) in state.Connections)
        {
            GoOn(connection, descriptor, broker);
        }

        var posters = services.GetRequiredService<PosterDirectory>();
        foreach (var poster in state.Posters)
        {
            if (UserName.TryParse(poster.Name, out var name))
            {
                posters.GoOn(name, session => broker.TryAdopt(session, poster.Session), TimeSpan.FromMilliseconds(poster.QuietFor));
            }
        }

        await services.GetRequiredService<AlwaysOn>().GoOnAsync(broker);
        var ended = state.Ended.ToDictionary(session => session.Id, session => session.Reason);
        foreach (var absent in broker.Waiting)
        {
            var reason = ended.GetValueOrDefault(absent.Id) ?? (absent is { Account: not null, HasOthers: false } ? null : Handover.QuitReason);
            var session = new Session(Silence, new OutboxOptions()) { IsStandIn = reason is null };
            if (broker.TryAdopt(session, absent.Id))
            {
                _absent.Add((session, reason));
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _ = EndAbsentAsync();
        return Task.CompletedTask;
    }

    public void Dispose() => _stopping.Dispose();

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void GoOn(HandedConnection from, int descriptor, BrokerHandover broker)
    {
        try
        {
            var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            var (handler, listener) = HandlerOf(from.Session.Protocol);
            var connection = services.GetRequiredService<SocketLoops>().Create(socket);
            connection.RemoteEndPoint = HandedConnection.EndPointOf(from.Remote);
            connection.LocalEndPoint = HandedConnection.EndPointOf(from.Local);
            if (from.IsSharedLoopback)
            {
                connection.Features.Set(SharedLoopback.Mark);
            }

            if (from.Unread.Length > 0)
            {
                connection.Unread(from.Unread);
            }

            connection.Features.Set(new GoingOn(from, broker.TryAdopt, opening.Opened));
            services.GetRequiredService<OpenConnections>().GoOn(connection, handler, services.GetRequiredService<ParleyMetrics>().For(listener));
        }
        catch (Exception e) when (e is SocketException or IOException or FormatException)
        {
            // It is gone by now, or of a protocol that is not here: it has ended, as others have.
            Log.NotKept(logger, from.Remote, e.Message);
        }
    }

    private (ConnectionHandler Handler, string Listener) HandlerOf(string protocol) => protocol switch
    {
        "lines" => (services.GetRequiredService<LinesConnectionHandler>(), "lines"),
        "addressed" => (services.GetRequiredService<AddressedConnectionHandler>(), "addressed"),
        "irc" => (services.GetRequiredService<IrcConnectionHandler>(), "irc"),
        "websocket-text" => (WebSockets(WebSocketFraming.Text), "websocket"),
        "websocket-binary" => (WebSockets(WebSocketFraming.Binary), "websocket"),
        _ => throw new FormatException($"There is no protocol {protocol}"),
    };

    private WebSocketConnectionHandler WebSockets(WebSocketFraming framing) => new(
        services.GetRequiredService<LineServer>(), services.GetRequiredService<ConnectionGate>(), services.GetRequiredService<IrcContext>(),
        services.GetRequiredService<IrcCommandSet>(), "websocket", framing);

    /// <summary>Has those leave who have no connection any more: guests, and who has gone by itself, at once; others unless they come back in time.</summary>
    private async Task EndAbsentAsync()
    {
        await opening.Opened;
        var (broker, time) = (services.GetRequiredService<IBroker>(), services.GetRequiredService<TimeProvider>());
        foreach (var (session, reason) in _absent)
        {
            if (reason is not null)
            {
                await broker.DetachAsync(session.Id, reason);
            }
            else if (session.User is { } user)
            {
                var profile = user.Profile.WithoutRights() with { Away = user.Profile.Away ?? BrokerHandover.NotHere };
                await broker.AskAsync(session.Id, new UpdateProfile(profile, user.Profile));
            }
        }

        try
        {
            await Task.Delay(Stay, time, _stopping.Token);
            foreach (var (session, _) in _absent.Where(its => its.Reason is null))
            {
                await broker.DetachAsync(session.Id, Handover.QuitReason);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops, and all of them leave.
        }
    }
}
