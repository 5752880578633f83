using Npgsql;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>Held by the one server that writes to a database; the database lets go of it with the connection, however that ends.</summary>
internal sealed class PostgreSqlWriterLock : IDisposable
{
    private const long Key = 0x5061726c65790002;

    private readonly NpgsqlConnection _connection;

    private PostgreSqlWriterLock(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Takes the lock, or gives null where a server has it.</summary>
    public static PostgreSqlWriterLock? TryTake(NpgsqlConnection connection)
    {
        using var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Key})", connection);
        return take.ExecuteScalar() is true ? new PostgreSqlWriterLock(connection) : null;
    }

    public void Dispose()
    {
        using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({Key})", _connection);
        release.ExecuteNonQuery();
    }
}
