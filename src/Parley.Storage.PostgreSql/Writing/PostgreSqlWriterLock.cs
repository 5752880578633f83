using Npgsql;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>
/// Held by the one server that writes to a database, or shared by the nodes of a cluster; the database lets go of it with the connection,
/// however that ends.
/// </summary>
internal sealed class PostgreSqlWriterLock : IDisposable
{
    private const long Key = 0x5061726c65790002;

    private readonly NpgsqlConnection _connection;
    private readonly string _kind;

    private PostgreSqlWriterLock(NpgsqlConnection connection, string kind) => (_connection, _kind) = (connection, kind);

    /// <summary>Takes the lock, or gives null where a server has it that does not share it.</summary>
    /// <param name="connection">The connection that has the lock from now on.</param>
    /// <param name="isShared">True for a node of a cluster, whose writes a fence orders.</param>
    public static PostgreSqlWriterLock? TryTake(NpgsqlConnection connection, bool isShared = false)
    {
        var kind = isShared ? "_shared" : "";
        using var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock{kind}({Key})", connection);
        return take.ExecuteScalar() is true ? new PostgreSqlWriterLock(connection, kind) : null;
    }

    public void Dispose()
    {
        using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock{_kind}({Key})", _connection);
        release.ExecuteNonQuery();
    }
}
