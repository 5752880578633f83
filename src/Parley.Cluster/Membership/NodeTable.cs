using Npgsql;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Cluster.Membership;

/// <summary>The tables of nodes and of the home, each change as one statement or one transaction. All times are the database's.</summary>
internal sealed class NodeTable(NpgsqlConnection connection, ClusterOptions options)
{
    private const string Notify = $"NOTIFY {MembershipConnection.Channel}";

    // A node that starts looks who is there before it brings the tables up to date: columns that came later are read as far as they are there.
    private const string Columns =
        "n.generation, n.name, n.address, n.certificate, n.version, n.protocol, n.oldest_protocol, n.listeners, n.state, extract(epoch FROM now() - n.heartbeat)::float8, coalesce((to_jsonb(n) ->> 'sessions')::int, 0)";

    /// <summary>A node comes in; null if another of its name is there.</summary>
    public async Task<long?> AddAsync(NodeFacts facts, CancellationToken cancellationToken)
    {
        await using var add = Command(
            $"""
            INSERT INTO node (name, address, certificate, version, protocol, oldest_protocol)
            VALUES (@name, @address, @certificate, @version, @protocol, @oldest) RETURNING generation;
            {Notify}
            """);
        add.Parameters.AddWithValue("name", facts.Name);
        add.Parameters.AddWithValue("address", facts.Address);
        add.Parameters.AddWithValue("certificate", facts.Certificate.ToArray());
        add.Parameters.AddWithValue("version", facts.Version);
        add.Parameters.AddWithValue("protocol", facts.Protocol);
        add.Parameters.AddWithValue("oldest", facts.OldestProtocol);
        try
        {
            return (long)(await add.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }
    }

    /// <summary>A node gives a sign of life; false if it takes no part any more.</summary>
    public async Task<bool> BeatAsync(long generation, string listeners, int sessions, CancellationToken cancellationToken)
    {
        await using var beat = Command(
            """
            UPDATE node SET heartbeat = now(), steady = CASE WHEN heartbeat < now() - @gap THEN now() ELSE steady END, listeners = @listeners, sessions = @sessions
            WHERE generation = @self AND state < 2
            """);
        beat.Parameters.AddWithValue("self", generation);
        beat.Parameters.AddWithValue("listeners", listeners);
        beat.Parameters.AddWithValue("sessions", sessions);
        beat.Parameters.AddWithValue("gap", options.Gap);
        return await beat.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Finds nodes dead that have given no sign of life for too long, if the one who looks was there all the time.</summary>
    public async Task BuryAsync(long judge, CancellationToken cancellationToken)
    {
        await using var bury = Command(
            $"""
            UPDATE node SET state = 3, end_reason = 'gave no sign of life for ' || round(extract(epoch FROM now() - heartbeat), 1) || ' s'
            WHERE state < 2 AND heartbeat < now() - @limit AND generation <> @judge
                AND EXISTS (SELECT 1 FROM node AS judge WHERE judge.generation = @judge AND judge.state < 2 AND judge.steady <= now() - @limit)
            """);
        bury.Parameters.AddWithValue("judge", judge);
        bury.Parameters.AddWithValue("limit", options.NodeTimeout);
        if (await bury.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            await NotifyAsync(cancellationToken);
        }
    }

    /// <summary>Takes the name from a node that has given no sign of life for too long, for another that starts under it.</summary>
    public async Task GiveUpAsync(string name, CancellationToken cancellationToken)
    {
        await using var give = Command(
            $"""
            UPDATE node SET state = 3, end_reason = 'gave no sign of life, and another node has started under its name'
            WHERE lower(name) = lower(@name) AND state < 2 AND heartbeat < now() - @limit;
            {Notify}
            """);
        give.Parameters.AddWithValue("name", name);
        give.Parameters.AddWithValue("limit", options.NodeTimeout);
        await give.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The home finds a node dead; false if that is not home, or the node takes no part anyhow.</summary>
    public async Task<bool> ExpelAsync(ClusterHome home, long generation, string reason, CancellationToken cancellationToken)
    {
        await using var expel = Command(
            """
            UPDATE node SET state = 3, end_reason = @reason WHERE generation = @generation AND generation <> @home AND state < 2
                AND EXISTS (SELECT 1 FROM home WHERE term = @term AND home.generation = @home FOR SHARE)
            """);
        expel.Parameters.AddWithValue("generation", generation);
        expel.Parameters.AddWithValue("reason", reason);
        expel.Parameters.AddWithValue("term", home.Term);
        expel.Parameters.AddWithValue("home", home.Generation);
        var isExpelled = await expel.ExecuteNonQueryAsync(cancellationToken) == 1;
        await NotifyAsync(cancellationToken);
        return isExpelled;
    }

    /// <summary>All nodes that take part, with the age of their heartbeats, and the sessions that they had then.</summary>
    public async Task<List<(ClusterNode Node, TimeSpan Age, int Sessions)>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var read = Command($"SELECT {Columns} FROM node AS n WHERE n.state < 2 ORDER BY n.generation");
        var nodes = new List<(ClusterNode, TimeSpan, int)>();
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var node = new ClusterNode(
                rows.GetInt64(0),
                rows.GetString(1),
                rows.GetString(2),
                CertificateDigest.Of((byte[])rows.GetValue(3)),
                rows.GetString(4),
                rows.GetInt32(5),
                rows.GetInt32(6),
                rows.GetString(7),
                (NodeState)rows.GetInt16(8));
            nodes.Add((node, TimeSpan.FromSeconds(Math.Max(0, rows.GetDouble(9))), rows.GetInt32(10)));
        }

        return nodes;
    }

    /// <summary>The row of the home.</summary>
    public async Task<(long Term, long? Generation, long? Preferred)> ReadHomeAsync(CancellationToken cancellationToken)
    {
        await using var read = Command("SELECT term, generation, preferred FROM home");
        await using var row = await read.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetInt64(0), row.GetValue(1) as long?, row.GetValue(2) as long?);
    }

    /// <summary>
    /// Begins the next term with a node as home, if nobody is home, or the one who is has given no sign of life for too long; null if
    /// not. It MUST take part, and not be draining, when the term begins.
    /// </summary>
    public async Task<ClusterHome?> ClaimAsync(long generation, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellationToken);
        // Two statements: behind the lock the second sees who has given a sign of life while the first waited.
        await using (var look = Command(
            """
            SELECT 1 FROM home FOR UPDATE;
            SELECT 1 FROM home AS h JOIN node AS me ON me.generation = @self LEFT JOIN node AS holder ON holder.generation = h.generation
            WHERE me.state = 0 AND me.heartbeat >= now() - @limit
                AND CASE
                    WHEN h.generation IS NULL THEN h.preferred IS NULL OR h.preferred = @self OR h.since < now() - @preference
                    ELSE holder.state >= 2 OR (holder.heartbeat < now() - @limit AND me.steady <= now() - @limit)
                END
            FOR UPDATE OF me
            """))
        {
            look.Parameters.AddWithValue("self", generation);
            look.Parameters.AddWithValue("limit", options.HomeTimeout);
            look.Parameters.AddWithValue("preference", options.Preference);
            await using var rows = await look.ExecuteReaderAsync(cancellationToken);
            await rows.NextResultAsync(cancellationToken);
            if (!await rows.ReadAsync(cancellationToken))
            {
                return null;
            }
        }

        var term = await WriteFence.RaiseAsync(connection, options.FencePatience, cancellationToken);
        await using var claim = Command($"UPDATE home SET term = @term, generation = @self, since = now(), preferred = NULL; {Notify}");
        claim.Parameters.AddWithValue("term", term);
        claim.Parameters.AddWithValue("self", generation);
        await claim.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ClusterHome(term, generation);
    }

    /// <summary>A home gives its term up; false if it was over anyhow.</summary>
    public async Task<bool> ResignAsync(ClusterHome home, long? preferred, CancellationToken cancellationToken)
    {
        await using var resign = Command(
            "UPDATE home SET generation = NULL, since = now(), preferred = coalesce(@preferred, preferred) WHERE term = @term AND generation = @self");
        resign.Parameters.Add(new NpgsqlParameter("preferred", NpgsqlTypes.NpgsqlDbType.Bigint) { Value = preferred ?? (object)DBNull.Value });
        resign.Parameters.AddWithValue("term", home.Term);
        resign.Parameters.AddWithValue("self", home.Generation);
        var isResigned = await resign.ExecuteNonQueryAsync(cancellationToken) == 1;
        await NotifyAsync(cancellationToken);
        return isResigned;
    }

    /// <summary>A node leaves, and its place as home with it.</summary>
    public async Task LeaveAsync(long generation, CancellationToken cancellationToken)
    {
        await using var leave = Command(
            $"""
            UPDATE home SET generation = NULL, since = now() WHERE generation = @self;
            UPDATE node SET state = 2, end_reason = 'left' WHERE generation = @self AND state < 2;
            {Notify}
            """);
        leave.Parameters.AddWithValue("self", generation);
        await leave.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A node is to take no more terms.</summary>
    public async Task DrainAsync(long generation, CancellationToken cancellationToken)
    {
        await using var drain = Command($"UPDATE node SET state = 1 WHERE generation = @generation AND state = 0; {Notify}");
        drain.Parameters.AddWithValue("generation", generation);
        await drain.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The home is to make place for a node.</summary>
    public async Task PreferAsync(long generation, CancellationToken cancellationToken)
    {
        await using var prefer = Command($"UPDATE home SET preferred = @generation; {Notify}");
        prefer.Parameters.AddWithValue("generation", generation);
        await prefer.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Reason for which a node takes no part any more.</summary>
    public async Task<string> EndReasonAsync(long generation, CancellationToken cancellationToken)
    {
        await using var read = Command("SELECT end_reason FROM node WHERE generation = @generation");
        read.Parameters.AddWithValue("generation", generation);
        return await read.ExecuteScalarAsync(cancellationToken) as string ?? "is not in the table of nodes any more";
    }

    /// <summary>The database's clock.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await using var read = Command("SELECT clock_timestamp()");
        return new DateTimeOffset((DateTime)(await read.ExecuteScalarAsync(cancellationToken))!);
    }

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        await using var notify = Command(Notify);
        await notify.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection);
}
