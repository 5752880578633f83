using System.Text;
using Parley.Core.Accounts;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Devices of accounts. Not for two threads at a time.</summary>
internal sealed class DeviceTable(Database database)
{
    private const string Columns = "device.id, identity, hash, device.name, made, last_seen, until, outside";
    private const string IdOfAccount = "(SELECT id FROM account WHERE identity = ?1)";

    public Device Add(Device device, int most)
    {
        using var transaction = new Transaction(database);
        using (var delete = database.Prepare(
            $"""
            DELETE FROM device WHERE account = {IdOfAccount}
                AND id NOT IN (SELECT id FROM device WHERE account = {IdOfAccount} ORDER BY until > ?2 DESC, last_seen DESC, id DESC LIMIT ?3)
            """))
        {
            delete.Bind(1, device.Account.Value).Bind(2, StoredTime.Of(device.Made)).Bind(3, most - 1).Run();
        }

        using var insert = database.Prepare(
            $"INSERT INTO device (account, hash, name, made, last_seen, until, outside) VALUES ({IdOfAccount}, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id");
        insert.Bind(1, device.Account.Value).Bind(2, device.Hash).Bind(3, Encoding.UTF8.GetBytes(device.Name)).Bind(4, StoredTime.Of(device.Made))
            .Bind(5, StoredTime.Of(device.LastSeen)).Bind(6, StoredTime.Of(device.Until)).Bind(7, Encoding.UTF8.GetBytes(device.Outside));
        if (!insert.TryNumber(out var id))
        {
            throw insert.Damaged("no number for a device");
        }

        transaction.Commit();
        return device with { Id = id };
    }

    public Device? Find(string hash)
    {
        using var select = database.Prepare($"SELECT {Columns} FROM device JOIN account ON account.id = device.account WHERE hash = ?");
        return select.Bind(1, hash).Step() ? Of(select) : null;
    }

    public List<Device> List(AccountId account)
    {
        var devices = new List<Device>();
        using var select = database.Prepare(
            $"SELECT {Columns} FROM device JOIN account ON account.id = device.account WHERE identity = ? ORDER BY last_seen DESC, device.id DESC");
        select.Bind(1, account.Value);
        while (select.Step())
        {
            devices.Add(Of(select));
        }

        return devices;
    }

    public void Seen(string hash, DateTimeOffset time, DateTimeOffset until)
    {
        database.Execute(AccountFile.Quick);
        try
        {
            using var update = database.Prepare("UPDATE device SET last_seen = ?, until = ? WHERE hash = ?");
            update.Bind(1, StoredTime.Of(time)).Bind(2, StoredTime.Of(until)).Bind(3, hash).Run();
        }
        finally
        {
            database.Execute(AccountFile.Durable);
        }
    }

    public Device? Remove(AccountId account, long id)
    {
        var removed = List(account).Find(device => device.Id == id);
        if (removed is not null)
        {
            using var delete = database.Prepare("DELETE FROM device WHERE id = ?");
            delete.Bind(1, id).Run();
        }

        return removed;
    }

    public int RemoveAll(AccountId account)
    {
        var count = List(account).Count;
        using var delete = database.Prepare($"DELETE FROM device WHERE account = {IdOfAccount}");
        delete.Bind(1, account.Value).Run();
        return count;
    }

    private static Device Of(Statement row) => new(
        new AccountId(row.Number(1)), row.Text(2), TextOf(row, 3), StoredTime.ToTime(row.Number(4)), StoredTime.ToTime(row.Number(5)), StoredTime.ToTime(row.Number(6)))
    {
        Id = row.Number(0),
        Outside = TextOf(row, 7),
    };

    private static string TextOf(Statement row, int column) => Encoding.UTF8.GetString(row.Bytes(column));
}
