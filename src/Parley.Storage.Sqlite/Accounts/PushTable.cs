using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Push;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Subscriptions of accounts to web push, and the server's key for it. Not for two threads at a time.</summary>
internal sealed class PushTable(Database database)
{
    private const string IdOfAccount = "(SELECT id FROM account WHERE identity = ?1)";

    public string Key(string created)
    {
        using (var insert = database.Prepare("INSERT INTO push_key (id, value) VALUES (0, ?) ON CONFLICT DO NOTHING"))
        {
            insert.Bind(1, created).Run();
        }

        using var select = database.Prepare("SELECT value FROM push_key");
        return select.Step() ? select.Text(0) : throw select.Damaged("no key");
    }

    public List<AccountId> ListAccounts()
    {
        var accounts = new List<AccountId>();
        using var select = database.Prepare("SELECT DISTINCT identity FROM account JOIN push_subscription ON push_subscription.account = account.id");
        while (select.Step())
        {
            accounts.Add(new AccountId(select.Number(0)));
        }

        return accounts;
    }

    public List<PushSubscription> List(AccountId account)
    {
        var subscriptions = new List<PushSubscription>();
        using var select = database.Prepare(
            $"SELECT endpoint, public_key, secret, capabilities, renewed, device FROM push_subscription WHERE account = {IdOfAccount} ORDER BY id");
        select.Bind(1, account.Value);
        while (select.Step())
        {
            subscriptions.Add(new PushSubscription(
                account, TextOf(select, 0), select.Text(1), select.Text(2), select.Text(3), StoredTime.ToTime(select.Number(4)))
            { Device = select.Number(5) });
        }

        return subscriptions;
    }

    /// <summary>False if the account has as many others as it may.</summary>
    public bool Set(PushSubscription subscription, int limit)
    {
        using var transaction = new Transaction(database);
        var endpoint = Encoding.UTF8.GetBytes(subscription.Endpoint);
        using (var others = database.Prepare($"SELECT count(*) FROM push_subscription WHERE account = {IdOfAccount} AND endpoint <> ?2"))
        {
            if (others.Bind(1, subscription.Account.Value).Bind(2, endpoint).TryNumber(out var count) && count >= limit)
            {
                return false;
            }
        }

        using var write = database.Prepare(
            "INSERT INTO push_subscription (account, endpoint, public_key, secret, capabilities, renewed, device) SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM account WHERE identity = ?1 "
                + "ON CONFLICT (endpoint) DO UPDATE SET account = excluded.account, public_key = excluded.public_key, secret = excluded.secret, "
                + "capabilities = excluded.capabilities, renewed = excluded.renewed, device = excluded.device");
        write.Bind(1, subscription.Account.Value).Bind(2, endpoint).Bind(3, subscription.PublicKey).Bind(4, subscription.Secret)
            .Bind(5, subscription.Capabilities).Bind(6, StoredTime.Of(subscription.Renewed)).Bind(7, subscription.Device).Run();
        transaction.Commit();
        return true;
    }

    public bool Remove(AccountId account, string endpoint)
    {
        using var delete = database.Prepare($"DELETE FROM push_subscription WHERE account = {IdOfAccount} AND endpoint = ?2 RETURNING id");
        return delete.Bind(1, account.Value).Bind(2, Encoding.UTF8.GetBytes(endpoint)).Returns();
    }

    public DateTimeOffset? LastRenewed()
    {
        using var select = database.Prepare("SELECT renewed FROM push_subscription ORDER BY renewed DESC LIMIT 1");
        return select.Step() ? StoredTime.ToTime(select.Number(0)) : null;
    }

    public int RemoveOlder(DateTimeOffset time)
    {
        var removed = 0;
        using var delete = database.Prepare("DELETE FROM push_subscription WHERE renewed < ? RETURNING id");
        delete.Bind(1, StoredTime.Of(time));
        while (delete.Step())
        {
            removed++;
        }

        return removed;
    }

    public LastPlace? FindPlace(AccountId account)
    {
        using var select = database.Prepare($"SELECT place FROM push_place WHERE account = {IdOfAccount}");
        return select.Bind(1, account.Value).Step() ? LastPlace.TryParse(TextOf(select, 0)) : null;
    }

    public void SetPlace(AccountId account, LastPlace place)
    {
        using var write = database.Prepare(
            "INSERT INTO push_place (account, place) SELECT id, ?2 FROM account WHERE identity = ?1 ON CONFLICT (account) DO UPDATE SET place = excluded.place");
        write.Bind(1, account.Value).Bind(2, Encoding.UTF8.GetBytes(place.ToString())).Run();
    }

    private static string TextOf(Statement row, int column) => Encoding.UTF8.GetString(row.Bytes(column));
}
