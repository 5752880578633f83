using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Cluster;
using Parley.Cluster.Deciding;
using Parley.Cluster.Links;
using Parley.Cluster.Membership;
using Parley.Core.Broker;
using Parley.Server.Hosting;
using Parley.Server.Nodes;
using Parley.Server.Options;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Cli.Cluster;

/// <summary>A server's place in a cluster: the door for links of other nodes, its membership, and the broker that its sessions ask.</summary>
internal sealed class ClusterSeat : IServerNodes, IAsyncDisposable
{
    /// <summary>The protocol of links that this version speaks, and the oldest that it still does.</summary>
    private const int Protocol = 1;

    private static readonly string Version =
        typeof(ClusterSeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private readonly DatabaseAddress _database;
    private readonly ClusterLog _log;
    private readonly NodeListener _listener;
    private readonly LinkCertificate _certificate;

    private ClusterSeat(DatabaseAddress database, ClusterLog log, NodeListener listener, LinkCertificate certificate, ClusterMembership membership)
        => (_database, _log, _listener, _certificate, Membership) = (database, log, listener, certificate, membership);

    /// <summary>The server's membership.</summary>
    public ClusterMembership Membership { get; }

    /// <summary>True if a setting leaves it to the server.</summary>
    public static bool IsAuto(string setting) => string.Equals(setting, "auto", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an address at which other nodes could reach this one.</summary>
    public static bool TryReadAddress(string setting, [NotNullWhen(true)] out IPEndPoint? address)
        => IPEndPoint.TryParse(setting, out address) && !address.Address.Equals(IPAddress.Any) && !address.Address.Equals(IPAddress.IPv6Any);

    /// <summary>Takes part in a cluster.</summary>
    /// <param name="options">The server's settings.</param>
    /// <param name="database">The cluster's database.</param>
    /// <exception cref="ClusterException">It cannot; nothing was changed.</exception>
    public static async Task<ClusterSeat> OpenAsync(ParleyOptions options, DatabaseAddress database)
    {
        var log = new ClusterLog();
        var certificate = LinkCertificate.Create(TimeProvider.System);
        var listener = Bind(await AddressOfAsync(options.ClusterListen, database), certificate, log);
        try
        {
            var name = IsAuto(options.Node)
                ? NodeFacts.DefaultName(Environment.MachineName, listener.EndPoint.Port)
                : NodeFacts.IsName(options.Node) ? options.Node
                : throw new ClusterException($"node: {options.Node} is no name of a node: give letters, digits, '-', '_' and '.', at most 63");
            var facts = new NodeFacts(name, listener.EndPoint.ToString(), certificate.Digest, Version, Protocol, Protocol);
            var membership = await ClusterMembership.StartAsync(new ClusterOptions(database), facts, log, TimeProvider.System);
            return new ClusterSeat(database, log, listener, certificate, membership);
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has the server's sessions ask the cluster.</summary>
    public void AddTo(IServiceCollection services) => services
        .AddSingleton<IServerNodes>(this)
        .AddKeyedSingleton<IBroker>(ParleyServices.ClusterKey, (provider, _) => CreateBroker(provider));

    /// <inheritdoc/>
    public bool IsStalled => Membership.IsStalled;

    /// <inheritdoc/>
    public IReadOnlyList<ServerNode> Nodes
    {
        get
        {
            var self = Membership.View.Self.Generation;
            return [.. Membership.Statuses.Select(status => new ServerNode(
                status.Node.Generation,
                status.Node.Name,
                status.State,
                status.IsHome,
                status.Node.Generation == self,
                status.Node.Generation == self ? Membership.Sessions : status.Sessions,
                (long)status.HeartbeatAge.TotalMilliseconds,
                status.Node.Version))];
        }
    }

    /// <summary>Does something once an operator has the node drained.</summary>
    /// <param name="drain">MUST NOT block, and may be called more than once.</param>
    /// <returns>Ends it.</returns>
    public IDisposable OnDrain(Action drain) => Membership.Subscribe(view =>
    {
        if (view.Self.State == NodeState.Draining)
        {
            drain();
        }
    });

    /// <summary>Leaves the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        await Membership.DisposeAsync();
        await _listener.DisposeAsync();
    }

    private ClusterBroker CreateBroker(IServiceProvider provider)
    {
        _log.Open(provider.GetRequiredService<ILoggerFactory>().CreateLogger("Parley.Cluster"));
        var factory = provider.GetRequiredService<BrokerFactory>();
        var rooms = provider.GetRequiredService<PostgreSqlDatabase>();
        var time = provider.GetRequiredService<TimeProvider>();
        var parts = new HomeParts
        {
            OpenHistory = term => PostgreSqlHistoryStore.Open(_database, new WriteFence(term)),
            OpenRooms = term => rooms.OpenRooms(new WriteFence(term)),
            CreateBroker = factory.Create,
        };
        var broker = new ClusterBroker(Membership, _listener, new NodeConnector(_certificate, new LinkOptions(), time), parts, _log, factory.Flushes, time);
        broker.Start();
        return broker;
    }

    private static NodeListener Bind(IPEndPoint address, LinkCertificate certificate, ILinkMonitor monitor)
    {
        try
        {
            return NodeListener.Bind(address, certificate, new LinkOptions(), monitor, TimeProvider.System);
        }
        catch (SocketException e)
        {
            throw new ClusterException($"cluster-listen: {address} cannot be listened at ({e.Message}): give another address of this machine", e);
        }
    }

    /// <summary>Where links come in: as the settings say, or where the database's machine would find this one.</summary>
    private static async Task<IPEndPoint> AddressOfAsync(string setting, DatabaseAddress database)
    {
        if (!IsAuto(setting))
        {
            return TryReadAddress(setting, out var address)
                ? address
                : throw new ClusterException($"cluster-listen: {setting} will not do: give an address of this machine that other nodes reach, such as 10.0.0.7:7700");
        }

        var (host, port) = database.Server;
        if (host.StartsWith('/'))
        {
            return new IPEndPoint(IPAddress.Loopback, 0);
        }

        try
        {
            // Nothing is sent: it is how a machine is asked by which address it would.
            using var way = new Socket(SocketType.Dgram, ProtocolType.Udp);
            await way.ConnectAsync(host, port);
            var local = ((IPEndPoint)way.LocalEndPoint!).Address;
            return new IPEndPoint(local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local, 0);
        }
        catch (SocketException e)
        {
            throw new ClusterException(string.Create(CultureInfo.InvariantCulture, $"cluster: {host}:{port} cannot be reached: {e.Message}"), e);
        }
    }
}
