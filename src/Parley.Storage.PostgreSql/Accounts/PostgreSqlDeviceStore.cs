using Npgsql;
using Parley.Core.Accounts;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>Devices of accounts in a database.</summary>
internal sealed class PostgreSqlDeviceStore(Sql sql) : IDeviceStore
{
    private const string Columns = "id, account, hash, name, made, last_seen, until, outside";

    /// <summary>One server at a time for an account: of two that add a device, the second counts the first's.</summary>
    public ValueTask<Device> AddAsync(Device device, int most, CancellationToken cancellationToken = default) => sql.TransactAsync(
        async connection =>
        {
            await AccountLock.TakeAsync(connection, device.Account, cancellationToken);
            await Sql.RunAsync(
                connection,
                """
                DELETE FROM device WHERE account = $1
                    AND id NOT IN (SELECT id FROM device WHERE account = $1 ORDER BY until > $2 DESC, last_seen DESC, id DESC LIMIT $3)
                """,
                cancellationToken, device.Account.Value, StoredTime.Of(device.Made), most - 1);
            var id = await Sql.RowsAsync(
                connection,
                "INSERT INTO device (account, hash, name, made, last_seen, until, outside) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                row => row.GetInt64(0), cancellationToken, device.Account.Value, device.Hash, StoredText.Of(device.Name), StoredTime.Of(device.Made),
                StoredTime.Of(device.LastSeen), StoredTime.Of(device.Until), StoredText.Of(device.Outside));
            return device with { Id = id[0] };
        },
        cancellationToken);

    public ValueTask<Device?> FindAsync(string hash, CancellationToken cancellationToken = default)
        => sql.FindAsync($"SELECT {Columns} FROM device WHERE hash = $1", Read, cancellationToken, hash);

    public ValueTask<IReadOnlyList<Device>> ListAsync(AccountId account, CancellationToken cancellationToken = default)
        => sql.ReadAsync($"SELECT {Columns} FROM device WHERE account = $1 ORDER BY last_seen DESC, id DESC", Read, cancellationToken, account.Value);

    public async ValueTask SeenAsync(string hash, DateTimeOffset time, DateTimeOffset until, CancellationToken cancellationToken = default)
        => await sql.RunQuicklyAsync(
            "UPDATE device SET last_seen = $1, until = $2 WHERE hash = $3", cancellationToken, StoredTime.Of(time), StoredTime.Of(until), hash);

    public ValueTask<Device?> RemoveAsync(AccountId account, long id, CancellationToken cancellationToken = default)
        => sql.ReturnAsync($"DELETE FROM device WHERE account = $1 AND id = $2 RETURNING {Columns}", Read, cancellationToken, account.Value, id);

    public ValueTask<int> RemoveAllAsync(AccountId account, CancellationToken cancellationToken = default)
        => sql.RunAsync("DELETE FROM device WHERE account = $1", cancellationToken, account.Value);

    private static Device Read(NpgsqlDataReader row) => new(new AccountId(row.GetInt64(1)), row.GetString(2), row.TextAt(3), row.TimeAt(4), row.TimeAt(5), row.TimeAt(6))
    {
        Id = row.GetInt64(0),
        Outside = row.TextAt(7),
    };
}
