using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Push;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>Subscriptions of accounts to web push, and the servers' common key for it, in a database.</summary>
internal sealed class PostgreSqlPushStore(Sql sql) : IPushStore
{
    public async ValueTask<string> KeyAsync(string created, CancellationToken cancellationToken = default)
    {
        await sql.RunAsync("INSERT INTO push_key (id, value) VALUES (0, $1) ON CONFLICT DO NOTHING", cancellationToken, created);
        return await sql.FindAsync("SELECT value FROM push_key", row => row.GetString(0), cancellationToken) ?? throw sql.Damaged("no key");
    }

    public ValueTask<IReadOnlyList<AccountId>> ListAccountsAsync(CancellationToken cancellationToken = default)
        => sql.ReadAsync("SELECT DISTINCT account FROM push_subscription", row => new AccountId(row.GetInt64(0)), cancellationToken);

    public ValueTask<IReadOnlyList<PushSubscription>> ListAsync(AccountId account, CancellationToken cancellationToken = default)
        => sql.ReadAsync(
            "SELECT account, endpoint, public_key, secret, capabilities, renewed, device FROM push_subscription WHERE account = $1 ORDER BY id",
            Read, cancellationToken, account.Value);

    /// <summary>One server at a time for an account: of two that subscribe a device, the second counts the first's.</summary>
    public ValueTask<bool> SetAsync(PushSubscription subscription, int limit, CancellationToken cancellationToken = default) => sql.TransactAsync(
        async connection =>
        {
            var endpoint = StoredText.Of(subscription.Endpoint);
            await AccountLock.TakeAsync(connection, subscription.Account, cancellationToken);
            var others = await Sql.RowsAsync(
                connection, "SELECT count(*) FROM push_subscription WHERE account = $1 AND endpoint <> $2", row => row.GetInt64(0),
                cancellationToken, subscription.Account.Value, endpoint);
            if (others[0] >= limit)
            {
                return false;
            }

            await Sql.RunAsync(
                connection,
                """
                INSERT INTO push_subscription (account, endpoint, public_key, secret, capabilities, renewed, device) SELECT id, $2, $3, $4, $5, $6, $7 FROM account WHERE id = $1
                ON CONFLICT (endpoint) DO UPDATE SET account = excluded.account, public_key = excluded.public_key, secret = excluded.secret,
                    capabilities = excluded.capabilities, renewed = excluded.renewed, device = excluded.device
                """,
                cancellationToken, subscription.Account.Value, endpoint, subscription.PublicKey, subscription.Secret, StoredText.Of(subscription.Capabilities),
                StoredTime.Of(subscription.Renewed), subscription.Device);
            return true;
        },
        cancellationToken);

    public async ValueTask<bool> RemoveAsync(AccountId account, string endpoint, CancellationToken cancellationToken = default)
        => await sql.RunAsync("DELETE FROM push_subscription WHERE account = $1 AND endpoint = $2", cancellationToken, account.Value, StoredText.Of(endpoint)) > 0;

    public async ValueTask<DateTimeOffset?> LastRenewedAsync(CancellationToken cancellationToken = default)
        => (await sql.ReadAsync("SELECT renewed FROM push_subscription ORDER BY renewed DESC LIMIT 1", row => row.TimeAt(0), cancellationToken)) is [var last] ? last : null;

    public ValueTask<int> RemoveOlderAsync(DateTimeOffset time, CancellationToken cancellationToken = default)
        => sql.RunAsync("DELETE FROM push_subscription WHERE renewed < $1", cancellationToken, StoredTime.Of(time));

    public async ValueTask<LastPlace?> FindPlaceAsync(AccountId account, CancellationToken cancellationToken = default)
        => await sql.FindAsync("SELECT place FROM push_place WHERE account = $1", row => row.TextAt(0), cancellationToken, account.Value) is { } place
            ? LastPlace.TryParse(place) : null;

    public async ValueTask SetPlaceAsync(AccountId account, LastPlace place, CancellationToken cancellationToken = default)
        => await sql.RunAsync(
            "INSERT INTO push_place (account, place) SELECT id, $2 FROM account WHERE id = $1 ON CONFLICT (account) DO UPDATE SET place = excluded.place",
            cancellationToken, account.Value, StoredText.Of(place.ToString()));

    private static PushSubscription Read(NpgsqlDataReader row)
        => new(new AccountId(row.GetInt64(0)), row.TextAt(1), row.GetString(2), row.GetString(3), row.TextAt(4), row.TimeAt(5)) { Device = row.GetInt64(6) };
}
