using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Public keys of SSH by which the owners of accounts log in. Not for two threads at a time.</summary>
internal sealed class SshKeyTable(Database database)
{
    public Account? FindAccount(SshKey key)
    {
        using var select = database.Prepare(
            $"SELECT {AccountTable.Columns} FROM ssh_key JOIN account ON account.id = ssh_key.account WHERE fingerprint = ?");
        return select.Bind(1, key.Fingerprint).Step() ? AccountTable.CredentialsOf(select).Account : null;
    }

    public List<SshKey> List(UserName name)
    {
        var keys = new List<SshKey>();
        using var select = database.Prepare(
            "SELECT fingerprint, comment FROM ssh_key JOIN account ON account.id = ssh_key.account WHERE key = ? ORDER BY ssh_key.id");
        select.Bind(1, name.Key);
        while (select.Step())
        {
            keys.Add(SshKey.TryRestore(select.Text(0), select.Text(1), out var key) ? key : throw select.Damaged("a fingerprint that is none"));
        }

        return keys;
    }

    public bool Add(UserName name, SshKey key)
    {
        using var insert = database.Prepare(
            "INSERT INTO ssh_key (fingerprint, comment, account) SELECT ?, ?, id FROM account WHERE key = ? ON CONFLICT DO NOTHING RETURNING id");
        return insert.Bind(1, key.Fingerprint).Bind(2, key.Comment).Bind(3, name.Key).Returns();
    }

    public bool Remove(UserName name, SshKey key)
    {
        using var delete = database.Prepare(
            "DELETE FROM ssh_key WHERE fingerprint = ? AND account = (SELECT id FROM account WHERE key = ?) RETURNING id");
        return delete.Bind(1, key.Fingerprint).Bind(2, name.Key).Returns();
    }
}
