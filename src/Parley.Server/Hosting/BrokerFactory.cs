using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.Server.Accounts;
using Parley.Server.History;
using Parley.Server.Moderation;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Hosting;

/// <summary>Makes brokers that decide with a server's settings, accounts and bans: one for a server alone, and one for each term in which a node of a cluster is home.</summary>
/// <param name="services">The server's services.</param>
public sealed class BrokerFactory(IServiceProvider services)
{
    /// <summary>Scheduler that flushes rooms; null for the thread pool.</summary>
    public PipeScheduler? Flushes => services.GetService<SocketLoops>();

    /// <summary>Makes a broker.</summary>
    /// <param name="history">Where history is kept.</param>
    /// <param name="registry">Where registered rooms are kept.</param>
    /// <exception cref="RoomRegistryException">Registered rooms cannot be read.</exception>
    public LocalBroker Create(IHistoryStore history, IRoomRegistry registry)
        => Create(
            new Recording(
                history,
                services.GetRequiredService<RecordingOptions>(),
                services.GetRequiredService<RecordingMonitor>(),
                services.GetService<SocketLoops>()?.Recording),
            registry);

    internal LocalBroker Create(Recording? recording, IRoomRegistry registry)
        => new(
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<BrokerOptions>(),
            Flushes,
            services.GetRequiredService<IMessageObserver>(),
            recording,
            services.GetRequiredService<OwnedNames>(),
            services.GetRequiredService<Mailboxes>(),
            services.GetRequiredService<ServerBans>(),
            new WatchedRoomRegistry(registry, services.GetRequiredService<ILogger<WatchedRoomRegistry>>()));
}
