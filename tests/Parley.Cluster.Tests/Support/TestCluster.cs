using Npgsql;
using Parley.Cluster.Membership;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Tests;

namespace Parley.Cluster.Tests.Support;

/// <summary>
/// Nodes on a database of their own. Heartbeats come fast, and nothing is ever late by itself: a test moves the times in the table, so that
/// the database finds late what the test wants late.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private const string Late = "interval '2 days'";

    private readonly PostgreSqlServer _server;
    private readonly List<ClusterMembership> _nodes = [];

    public TestCluster(PostgreSqlServer server)
    {
        _server = server;
        Options = new ClusterOptions(server.NewEmptyDatabase())
        {
            Heartbeat = TimeSpan.FromMilliseconds(20),
            HomeTimeout = TimeSpan.FromDays(1),
            NodeTimeout = TimeSpan.FromDays(1),
            Preference = TimeSpan.FromDays(1),
        };
    }

    public ClusterOptions Options { get; init; }

    public DatabaseAddress Address => Options.Database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static NodeFacts Facts(string name, int protocol = 1, int oldest = 1)
        => new(name, "127.0.0.1:1", CertificateDigest.Of([.. Enumerable.Repeat((byte)name[0], 32)]), "0.1.0", protocol, oldest);

    public Task<ClusterMembership> StartAsync(string name, TimeProvider? time = null, IMembershipMonitor? monitor = null)
        => StartAsync(Facts(name), time, monitor);

    public async Task<ClusterMembership> StartAsync(NodeFacts facts, TimeProvider? time = null, IMembershipMonitor? monitor = null)
    {
        var node = await ClusterMembership.StartAsync(Options, facts, monitor ?? new RecordedMonitor(), time ?? TimeProvider.System, Token);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Makes a node's last heartbeat old.</summary>
    public void MakeLate(ClusterMembership node) => Execute($"UPDATE parley_cluster.node SET heartbeat = now() - {Late} WHERE generation = {node.View.Self.Generation}");

    /// <summary>Makes a node look as if it had been there for long.</summary>
    public void MakeSteady(ClusterMembership node) => Execute($"UPDATE parley_cluster.node SET steady = now() - {Late} WHERE generation = {node.View.Self.Generation}");

    /// <summary>Completes when a node has given two signs of life more.</summary>
    public async Task AfterTwoBeatsAsync(ClusterMembership node)
    {
        for (var beats = 0; beats < 2; beats++)
        {
            var last = Beat(node);
            while (Equals(last, Beat(node)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }
    }

    public void Execute(string sql) => _server.Execute(Address.Database, sql);

    public object? Ask(string sql) => _server.Ask(Address.Database, sql);

    public Task WhenLockedAsync(string condition) => _server.WhenLockedAsync(Address, condition);

    /// <summary>A connection on which a test holds locks.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Address.ConnectionString) { Pooling = false, SearchPath = "parley_cluster" }.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }

    /// <summary>The tables, for steps that a loop makes by itself.</summary>
    public NodeTable Table(NpgsqlConnection connection) => new(connection, Options);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private object? Beat(ClusterMembership node) => Ask($"SELECT heartbeat FROM parley_cluster.node WHERE generation = {node.View.Self.Generation}");
}
