using Npgsql;
using Parley.Cluster.Membership;
using Parley.Storage.PostgreSql.Tests;

namespace Parley.Cluster.Tests.Support;

/// <summary>The tables with nodes 1 and 2, which have no loops: each step is the test's.</summary>
internal sealed class TwoNodes(PostgreSqlServer server, TimeSpan homeTimeout) : IAsyncDisposable
{
    private readonly List<NpgsqlConnection> _connections = [];

    public ClusterOptions Options { get; } = new(server.NewDatabase()) { HomeTimeout = homeTimeout, NodeTimeout = TimeSpan.FromDays(1) };

    public NodeTable Table { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task AddAsync()
    {
        await using (var plain = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Options.Database.ConnectionString) { Pooling = false }.ConnectionString))
        {
            await plain.OpenAsync(Token);
            ClusterSchema.Apply(plain);
        }

        Table = new NodeTable(await ConnectAsync(), Options);
        Assert.Equal(1, await Table.AddAsync(TestCluster.Facts("one"), Token));
        Assert.Equal(2, await Table.AddAsync(TestCluster.Facts("two"), Token));
    }

    public void Execute(string sql) => server.Execute(Options.Database.Database, sql);

    public object? Ask(string sql) => server.Ask(Options.Database.Database, sql);

    /// <summary>Claims over a connection of its own.</summary>
    public async Task<ClusterHome?> ClaimAsync(long generation)
        => await new NodeTable(await ConnectAsync(), Options).ClaimAsync(generation, Token);

    /// <summary>Takes a lock, starts something that comes to stand before it, changes something, and lets go.</summary>
    public async Task<T> BehindAsync<T>(string hold, string change, int waiting, Func<T> start)
    {
        var connection = await ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using (var take = new NpgsqlCommand(hold, connection))
        {
            await take.ExecuteNonQueryAsync(Token);
        }

        var started = start();
        await server.WhenLockedAsync(Options.Database, "NOT granted", waiting);
        await using (var make = new NpgsqlCommand(change, connection))
        {
            await make.ExecuteNonQueryAsync(Token);
        }

        await transaction.CommitAsync(Token);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = await MembershipConnection.OpenAsync(Options, Token);
        lock (_connections)
        {
            _connections.Add(connection);
        }

        return connection;
    }
}
