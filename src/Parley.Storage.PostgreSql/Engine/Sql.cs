using System.Data;
using Npgsql;

namespace Parley.Storage.PostgreSql.Engine;

/// <summary>Statements of one kind of store, over any connection of a pool; a failure is told by the exception that callers of the store know.</summary>
/// <param name="pool">The pool.</param>
/// <param name="failure">Words for its failures.</param>
/// <param name="exception">Makes the exception of a message and its cause.</param>
internal sealed class Sql(NpgsqlDataSource pool, PostgreSqlFailure failure, Func<string, Exception?, Exception> exception)
{
    /// <summary>Rows of a query, which is asked once more where the connection had been lost before.</summary>
    public async ValueTask<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] arguments)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            var connection = pool.CreateConnection();
            await using (connection)
            {
                try
                {
                    await connection.OpenAsync(cancellationToken);
                    return await RowsAsync(connection, sql, read, cancellationToken, arguments);
                }
                catch (NpgsqlException) when (!isAgain && connection.FullState.HasFlag(ConnectionState.Broken))
                {
                    // It was in the pool while the database was restarted.
                }
                catch (Exception e) when (PostgreSqlFailure.Is(e))
                {
                    throw Failed(e);
                }
            }
        }
    }

    /// <summary>The first row of a query; null if there is none.</summary>
    public async ValueTask<T?> FindAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] arguments)
        where T : class
        => (await ReadAsync(sql, read, cancellationToken, arguments)) is [var row, ..] ? row : null;

    /// <summary>Runs one statement; the result is the number of rows that it changed.</summary>
    public ValueTask<int> RunAsync(string sql, CancellationToken cancellationToken, params object?[] arguments)
        => UseAsync(connection => RunAsync(connection, sql, cancellationToken, arguments), cancellationToken);

    /// <summary>Runs one statement that returns rows; the result is the first of them, null if there is none.</summary>
    public ValueTask<T?> ReturnAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] arguments)
        where T : class
        => UseAsync(async connection => (await RowsAsync(connection, sql, read, cancellationToken, arguments)) is [var row, ..] ? row : null, cancellationToken);

    /// <summary>Runs one statement whose loss with the machine is no harm: its commit waits for no disk.</summary>
    public ValueTask<int> RunQuicklyAsync(string sql, CancellationToken cancellationToken, params object?[] arguments) => UseAsync(
        async connection =>
        {
            // What is sent at once is one transaction.
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('synchronous_commit', 'off', true)"));
            var statement = new NpgsqlBatchCommand(sql);
            Bind(statement.Parameters, arguments);
            batch.BatchCommands.Add(statement);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return statement.RecordsAffected;
        },
        cancellationToken);

    /// <summary>Does something in one transaction, which is undone where that throws.</summary>
    public ValueTask<T> TransactAsync<T>(Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await action(connection);
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        },
        cancellationToken);

    /// <summary>Runs one statement of a transaction; the result is the number of rows that it changed.</summary>
    public static async Task<int> RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object?[] arguments)
    {
        await using var command = Command(connection, sql, arguments);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Rows of one statement of a transaction.</summary>
    public static async Task<IReadOnlyList<T>> RowsAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] arguments)
    {
        await using var command = Command(connection, sql, arguments);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            all.Add(read(rows));
        }

        return all;
    }

    /// <summary>The exception for a row that Parley does not write.</summary>
    public Exception Damaged(string what) => exception($"{failure.Address} is damaged ({what}): put back a backup", null);

    /// <summary>The exception for a failure of the database.</summary>
    public Exception Failed(Exception cause) => exception(failure.Explain(cause), cause);

    private async ValueTask<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await pool.OpenConnectionAsync(cancellationToken);
            return await action(connection);
        }
        catch (Exception e) when (PostgreSqlFailure.Is(e))
        {
            throw Failed(e);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] arguments)
    {
        var command = new NpgsqlCommand(sql, connection);
        Bind(command.Parameters, arguments);
        return command;
    }

    private static void Bind(NpgsqlParameterCollection parameters, object?[] arguments)
    {
        foreach (var argument in arguments)
        {
            parameters.Add(new NpgsqlParameter { Value = argument ?? DBNull.Value });
        }
    }
}
