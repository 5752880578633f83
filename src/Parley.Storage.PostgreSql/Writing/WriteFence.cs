using System.Data;
using System.Globalization;
using Npgsql;
using Parley.Core.History;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>The right to write that the home of a cluster has in one term. It MUST be passed in each transaction that the home writes in.</summary>
/// <remarks>
/// Writers share a lock until their transaction ends; whoever begins the next term has it alone. So a write is committed before the next term
/// begins, or it finds that its own is over and changes nothing, however long its process stood still.
/// </remarks>
/// <param name="Term">The term; the first one of a database is 1.</param>
public sealed record WriteFence(long Term)
{
    // Of Parley's alone, next to those of migrations and of the one server that writes.
    private const long Lock = 0x5061726c65790003;

    /// <summary>The fence of whoever only reads.</summary>
    public static WriteFence ReadOnly { get; } = new(-1);

    /// <summary>Begins a transaction to write in, behind the fence if there is one.</summary>
    /// <exception cref="StaleTermException">The term is over.</exception>
    internal static NpgsqlTransaction Begin(NpgsqlConnection connection, WriteFence? fence)
    {
        // Whatever the database's default is, each statement MUST see what was committed before it: the fence is built on that.
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        if (fence is not null)
        {
            try
            {
                fence.Pass(connection);
            }
            catch
            {
                transaction.Dispose();
                throw;
            }
        }

        return transaction;
    }

    /// <summary>Passes the fence in the transaction under way, which is of <see cref="IsolationLevel.ReadCommitted"/>.</summary>
    /// <exception cref="StaleTermException">The term is over.</exception>
    internal void Pass(NpgsqlConnection connection)
    {
        // Two statements: while the first waits another term may begin, which only the second sees.
        using var pass = new NpgsqlCommand(PassSql, connection);
        using var reader = pass.ExecuteReader();
        reader.NextResult();
        reader.Read();
        Check(reader.GetInt64(0));
    }

    /// <inheritdoc cref="Pass"/>
    internal async Task PassAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var pass = new NpgsqlCommand(PassSql, connection);
        await using var reader = await pass.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        Check(reader.GetInt64(0));
    }

    /// <summary>Begins the next term, in the transaction under way: waits until all that is written under the last one is committed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="patience">Time that writers are given; then those that still hold the fence lose their connections, and what they wrote is undone.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The term that begins when the transaction is committed.</returns>
    internal static async Task<long> RaiseAsync(NpgsqlConnection connection, TimeSpan patience, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"SAVEPOINT fence; SET LOCAL lock_timeout = {Math.Max(1, (long)patience.TotalMilliseconds)}");
        try
        {
            await ExecuteAsync($"SELECT pg_advisory_xact_lock({Lock})");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // A process that stands still in the middle of a batch would hold up the next term for as long as it does.
            await ExecuteAsync(
                $"""
                ROLLBACK TO SAVEPOINT fence;
                SELECT pg_terminate_backend(pid) FROM pg_locks
                WHERE locktype = 'advisory' AND classid = {Lock >> 32} AND objid = {Lock & 0xffffffff} AND objsubid = 1
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND granted AND pid <> pg_backend_pid();
                SELECT pg_advisory_xact_lock({Lock})
                """);
        }

        await using var raise = new NpgsqlCommand($"SET LOCAL lock_timeout = 0; UPDATE {Migrations.SchemaName}.fence SET term = term + 1 RETURNING term", connection);
        return (long)(await raise.ExecuteScalarAsync(cancellationToken))!;

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static string PassSql { get; } = string.Create(
        CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock_shared({Lock}); SELECT term FROM {Migrations.SchemaName}.fence");

    private void Check(long current)
    {
        if (current != Term)
        {
            throw new StaleTermException(Term, current);
        }
    }
}
