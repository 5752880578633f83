using Npgsql;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Cluster.Membership;

/// <summary>A node's way in: all that keeps it out is found before anything is changed.</summary>
internal sealed class NodeEntrance(NpgsqlConnection connection, ClusterOptions options, TimeProvider time)
{
    private readonly NodeTable _table = new(connection, options);

    /// <summary>Enters the node, under a generation of its own.</summary>
    /// <exception cref="ClusterException">It may not come in.</exception>
    /// <exception cref="Core.History.HistoryException">The database is of a newer Parley, or not Parley's.</exception>
    public async Task<ClusterNode> EnterAsync(NodeFacts facts, CancellationToken cancellationToken)
    {
        if (!NodeFacts.IsName(facts.Name))
        {
            throw new ClusterException($"'{facts.Name}' will not do for the name of a node: give up to 63 letters, digits, '-', '_' and '.', such as node1");
        }

        await CheckClockAsync(cancellationToken);
        await ShareAsync(connection, options, cancellationToken);
        if (await HasTablesAsync(cancellationToken))
        {
            await CheckProtocolsAsync(facts, cancellationToken);
        }

        ClusterSchema.Apply(connection);
        await ListenAsync(connection, cancellationToken);
        var generation = await _table.AddAsync(facts, cancellationToken);
        while (generation is null)
        {
            await WaitForNameAsync(facts.Name, cancellationToken);
            generation = await _table.AddAsync(facts, cancellationToken);
        }

        return new ClusterNode(
            generation.Value, facts.Name, facts.Address, facts.Certificate, facts.Version, facts.Protocol, facts.OldestProtocol, "", NodeState.Active);
    }

    /// <summary>Keeps servers out that use the database without a cluster, and listens to what other nodes change.</summary>
    public static async Task ShareAsync(NpgsqlConnection connection, ClusterOptions options, CancellationToken cancellationToken)
    {
        if (PostgreSqlWriterLock.TryTake(connection, PostgreSqlWriterLock.History, isShared: true) is null
            || PostgreSqlWriterLock.TryTake(connection, PostgreSqlWriterLock.Rooms, isShared: true) is null)
        {
            throw new ClusterException($"A server without --cluster uses {options.Database}: stop that one, or use another database");
        }

        await ListenAsync(connection, cancellationToken);
    }

    private static async Task ListenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var listen = new NpgsqlCommand($"LISTEN {MembershipConnection.Channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task CheckClockAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow();
        var database = await _table.NowAsync(cancellationToken);
        var after = time.GetUtcNow();
        var difference = database < before ? database - before : database > after ? database - after : TimeSpan.Zero;
        if (difference.Duration() > options.MaxClockDifference)
        {
            throw new ClusterException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"This machine's clock is {difference.Duration().TotalSeconds:0} s {(difference > TimeSpan.Zero ? "behind" : "ahead of")} that of {options.Database}: set both by NTP; {options.MaxClockDifference.TotalSeconds:0} s are allowed"));
        }
    }

    private async Task<bool> HasTablesAsync(CancellationToken cancellationToken)
    {
        await using var look = new NpgsqlCommand($"SELECT to_regclass('{ClusterSchema.Name}.home') IS NOT NULL", connection);
        return await look.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task CheckProtocolsAsync(NodeFacts facts, CancellationToken cancellationToken)
    {
        var self = new ClusterNode(0, facts.Name, facts.Address, facts.Certificate, facts.Version, facts.Protocol, facts.OldestProtocol, "", NodeState.Active);
        foreach (var (node, age, _) in await _table.ReadAsync(cancellationToken))
        {
            if (age < options.NodeTimeout && self.ProtocolWith(node) == 0)
            {
                throw new ClusterException(
                    $"Node {node.Name} is Parley {node.Version} and speaks link protocol {Range(node.OldestProtocol, node.Protocol)}, this one {Range(facts.OldestProtocol, facts.Protocol)}: upgrade by way of a version that speaks both, or stop all nodes first");
            }
        }
    }

    private static string Range(int oldest, int newest) => oldest == newest ? $"{newest}" : $"{oldest} to {newest}";

    /// <summary>Returns when the node that has a name is found dead.</summary>
    /// <exception cref="ClusterException">It gives a sign of life.</exception>
    private async Task WaitForNameAsync(string name, CancellationToken cancellationToken)
    {
        TimeSpan? lastAge = null;
        while (true)
        {
            var (node, age, _) = (await _table.ReadAsync(cancellationToken)).Find(each => string.Equals(each.Node.Name, name, StringComparison.OrdinalIgnoreCase));
            if (node is null || age >= options.NodeTimeout)
            {
                await _table.GiveUpAsync(name, cancellationToken);
                return;
            }

            if (age < lastAge)
            {
                throw new ClusterException($"Node {node.Name} runs already, with links at {node.Address}: stop that one, or give this one another name with --node NAME");
            }

            lastAge = age;
            await Task.Delay(options.Heartbeat / 5, TimeProvider.System, cancellationToken);
        }
    }
}
