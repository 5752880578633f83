using System.Data;
using Npgsql;
using NpgsqlTypes;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Storage.PostgreSql;

/// <summary>All that a database has beside history, for an operator who takes it to another store, or here. No server may use it meanwhile.</summary>
public sealed class PostgreSqlAccountArchive : IAccountArchive
{
    private readonly DatabaseAddress _address;
    private readonly NpgsqlConnection _connection;

    private PostgreSqlAccountArchive(DatabaseAddress address, NpgsqlConnection connection) => (_address, _connection) = (address, connection);

    /// <inheritdoc/>
    public string Location => _address.ToString();

    /// <summary>Opens what is in a database, which is made or brought up to date.</summary>
    /// <exception cref="AccountStoreException">It cannot be reached or used, or a server uses it.</exception>
    public static PostgreSqlAccountArchive Open(DatabaseAddress address)
    {
        // Its own, and no pool's: a lock that it takes goes with it.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            Migrations.Apply(connection);
            return PostgreSqlWriterLock.TryTake(connection, PostgreSqlWriterLock.Rooms, isShared: false) is null
                ? throw new AccountStoreException($"A server is running with {address}: stop it first")
                : new PostgreSqlAccountArchive(address, connection);
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw e is HistoryException ? new AccountStoreException(e.Message, e)
                : PostgreSqlFailure.Is(e) ? new AccountStoreException(address.Failure.Explain(e), e) : e;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ArchiveRow> Export(ArchivePart part)
    {
        foreach (var table in ArchiveTable.All.Where(table => table.Part == part))
        {
            using var select = new NpgsqlCommand($"SELECT {string.Join(", ", table.ColumnNames)} FROM {table.Name} ORDER BY {table.Key}", _connection);
            using var rows = Run(() => select.ExecuteReader());
            while (Run(() => rows.Read()))
            {
                yield return new ArchiveRow(table.Name, [.. table.ColumnTypes.Select((type, column) => Cell(rows, column, type))]);
            }
        }

        foreach (var table in ArchiveTable.All.Where(table => table.Part == part && table.NumbersStay))
        {
            using var last = new NpgsqlCommand($"SELECT last_value FROM {table.Name}_id_seq WHERE is_called", _connection);
            if (Run(() => last.ExecuteScalar()) is long number)
            {
                yield return new ArchiveRow(ArchiveRow.Numbers, [table.Name, number]);
            }
        }
    }

    /// <inheritdoc/>
    public void Import(ArchivePart part, IEnumerable<ArchiveRow> rows) => Run(() =>
    {
        using var transaction = _connection.BeginTransaction(IsolationLevel.Serializable);
        var tables = ArchiveTable.All.Where(table => table.Part == part).ToDictionary(table => table.Name, StringComparer.Ordinal);
        if (Export(part).Any(row => !row.IsSecret && row.Table != ArchiveRow.Numbers))
        {
            throw new AccountStoreException($"{_address} has {(part == ArchivePart.Accounts ? "accounts" : "tokens or hooks")} already: name an empty database");
        }

        foreach (var table in tables.Values)
        {
            Execute($"DELETE FROM {table.Name}");
        }

        var numbers = Write(tables, rows);
        foreach (var table in tables.Values.Where(table => table.HasNumbers))
        {
            Execute($"SELECT setval('{table.Name}_id_seq', max(id)) FROM {table.Name} HAVING max(id) > 0");
        }

        foreach (var (table, number) in numbers.Where(each => tables.TryGetValue(each.Table, out var table) && table.NumbersStay))
        {
            Execute($"SELECT setval('{table}_id_seq', {number}) WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE id > {number})");
        }

        transaction.Commit();
        return true;
    });

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _connection.Dispose();

    private static object? Cell(NpgsqlDataReader row, int column, NpgsqlDbType type) => row.IsDBNull(column) ? null : type switch
    {
        NpgsqlDbType.Bigint => row.GetInt64(column),
        NpgsqlDbType.Integer => (long)row.GetInt32(column),
        NpgsqlDbType.Boolean => row.GetBoolean(column) ? 1L : 0L,
        NpgsqlDbType.Text => row.GetString(column),
        _ => row.GetFieldValue<byte[]>(column),
    };

    /// <summary>Copies rows into their tables; the result is the numbers that came with them.</summary>
    private List<(string Table, long Number)> Write(Dictionary<string, ArchiveTable> tables, IEnumerable<ArchiveRow> rows)
    {
        var numbers = new List<(string, long)>();
        NpgsqlBinaryImporter? copy = null;
        ArchiveTable? current = null;
        try
        {
            foreach (var row in rows)
            {
                if (row.Table == ArchiveRow.Numbers)
                {
                    numbers.Add(((string)row.Cells[0]!, (long)row.Cells[1]!));
                    continue;
                }

                if (current?.Name != row.Table)
                {
                    copy?.Complete();
                    copy?.Dispose();
                    current = tables[row.Table];
                    copy = _connection.BeginBinaryImport($"COPY {current.Name} ({string.Join(", ", current.ColumnNames)}) FROM STDIN (FORMAT BINARY)");
                }

                copy!.StartRow();
                for (var column = 0; column < row.Cells.Count; column++)
                {
                    Write(copy, row.Cells[column], current.ColumnTypes[column]);
                }
            }

            copy?.Complete();
        }
        finally
        {
            copy?.Dispose();
        }

        return numbers;
    }

    private static void Write(NpgsqlBinaryImporter copy, object? cell, NpgsqlDbType type)
    {
        switch (cell)
        {
            case null:
                copy.WriteNull();
                break;
            case long number when type == NpgsqlDbType.Integer:
                copy.Write((int)number, type);
                break;
            case long number when type == NpgsqlDbType.Boolean:
                copy.Write(number != 0, type);
                break;
            case long number:
                copy.Write(number, type);
                break;
            case string text:
                copy.Write(text, type);
                break;
            case byte[] bytes:
                copy.Write(bytes, type);
                break;
            default:
                throw new ArgumentException($"A cell cannot be a {cell.GetType().Name}", nameof(cell));
        }
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    private T Run<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (PostgreSqlFailure.Is(e))
        {
            throw new AccountStoreException(_address.Failure.Explain(e), e);
        }
    }
}
