using Npgsql;
using Parley.Cluster.Membership;
using Parley.Storage.PostgreSql;

namespace Parley.Cluster.Admin;

/// <summary>Operator's view of a cluster, and what it may ask of the nodes; all of it through the database, so that no node has to be reached.</summary>
public sealed class ClusterAdmin : IAsyncDisposable
{
    private readonly ClusterOptions _options;
    private readonly NpgsqlConnection _connection;
    private readonly NodeTable _table;

    private ClusterAdmin(ClusterOptions options, NpgsqlConnection connection)
    {
        _options = options;
        _connection = connection;
        _table = new NodeTable(connection, options);
    }

    /// <summary>Connects; nothing is made where there is no cluster.</summary>
    /// <exception cref="ClusterException">The database cannot be asked, or has no cluster. All methods throw it, too.</exception>
    public static async Task<ClusterAdmin> OpenAsync(DatabaseAddress database, CancellationToken cancellationToken = default)
    {
        var options = new ClusterOptions(database);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await MembershipConnection.OpenAsync(options, cancellationToken);
            await CheckAsync(connection, database, cancellationToken);
            return new ClusterAdmin(options, connection);
        }
        catch (Exception e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            throw MembershipConnection.IsFailure(e) ? MembershipConnection.Failure(database, e) : e;
        }
    }

    /// <summary>The nodes, and who is home.</summary>
    public Task<ClusterStatus> StatusAsync(CancellationToken cancellationToken = default) => AskAsync(async () =>
    {
        var nodes = await _table.ReadAsync(cancellationToken);
        var (term, home, _) = await _table.ReadHomeAsync(cancellationToken);
        return new ClusterStatus(
            term,
            NodeStatus.Of(nodes, home, _options.HomeTimeout));
    });

    /// <summary>Has a node take no more terms, make place where it is home, and send its people to others; a second time changes nothing.</summary>
    public Task<ClusterNode> DrainAsync(string name, CancellationToken cancellationToken = default) => AskAsync(async () =>
    {
        var node = await FindAsync(name, cancellationToken);
        var others = (await _table.ReadAsync(cancellationToken)).Where(each => each.Node.Generation != node.Generation);
        if (node.State == NodeState.Active && !others.Any(each => each.Node.State == NodeState.Active && each.Age < _options.HomeTimeout))
        {
            throw new ClusterException($"No other node could take the people of {node.Name}: start one first, or stop {node.Name} as it is");
        }

        await _table.DrainAsync(node.Generation, cancellationToken);
        return node with { State = NodeState.Draining };
    });

    /// <summary>Has the home make place for a node.</summary>
    public Task<ClusterNode> MoveAsync(string name, CancellationToken cancellationToken = default) => AskAsync(async () =>
    {
        var node = await FindAsync(name, cancellationToken);
        if (node.State == NodeState.Draining)
        {
            throw new ClusterException($"Node {node.Name} is draining and takes no term any more: name another");
        }

        await _table.PreferAsync(node.Generation, cancellationToken);
        return node;
    });

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task CheckAsync(NpgsqlConnection connection, DatabaseAddress database, CancellationToken cancellationToken)
    {
        await using (var look = new NpgsqlCommand($"SELECT to_regclass('{ClusterSchema.Name}.home') IS NOT NULL", connection))
        {
            if (await look.ExecuteScalarAsync(cancellationToken) is not true)
            {
                throw new ClusterException($"There is no cluster in {database}: a node makes it that starts with `parley serve --cluster`");
            }
        }

        await using var read = new NpgsqlCommand("SELECT version FROM schema_version", connection);
        if (await read.ExecuteScalarAsync(cancellationToken) is int version && version > ClusterSchema.LatestVersion)
        {
            throw new ClusterException($"The cluster in {database} is of a newer Parley (schema {version}, this one knows {ClusterSchema.LatestVersion}): use that one");
        }
    }

    private async Task<ClusterNode> FindAsync(string name, CancellationToken cancellationToken)
    {
        var nodes = (await _table.ReadAsync(cancellationToken)).ConvertAll(each => each.Node);
        return nodes.Find(node => string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ClusterException($"No node is called '{name}': there {(nodes.Count == 0 ? "is none" : $"are {string.Join(", ", nodes.Select(node => node.Name).Order(StringComparer.OrdinalIgnoreCase))}")}");
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (MembershipConnection.IsFailure(e))
        {
            throw MembershipConnection.Failure(_options.Database, e);
        }
    }
}
