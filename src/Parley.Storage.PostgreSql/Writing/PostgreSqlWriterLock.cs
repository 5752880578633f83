using Npgsql;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>
/// Held by the one server that writes to a database, or shared by the nodes of a cluster; the database lets go of it with the connection,
/// however that ends.
/// </summary>
internal sealed class PostgreSqlWriterLock : IDisposable
{
    /// <summary>Key of the lock of the server that keeps history.</summary>
    public const long History = 0x5061726c65790002;

    /// <summary>Key of the lock of the server that keeps registered rooms.</summary>
    public const long Rooms = 0x5061726c65790004;

    private readonly NpgsqlConnection _connection;
    private readonly string _call;

    private PostgreSqlWriterLock(NpgsqlConnection connection, string call) => (_connection, _call) = (connection, call);

    /// <summary>Takes a lock, or gives null where a server has it that does not share it.</summary>
    /// <param name="connection">The connection that has the lock from now on.</param>
    /// <param name="key">Which lock.</param>
    /// <param name="isShared">True for a node of a cluster, whose writes a fence orders.</param>
    public static PostgreSqlWriterLock? TryTake(NpgsqlConnection connection, long key, bool isShared)
    {
        var call = $"{(isShared ? "_shared" : "")}({key})";
        using var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock{call}", connection);
        return take.ExecuteScalar() is true ? new PostgreSqlWriterLock(connection, call) : null;
    }

    public void Dispose()
    {
        using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock{_call}", _connection);
        release.ExecuteNonQuery();
    }
}
