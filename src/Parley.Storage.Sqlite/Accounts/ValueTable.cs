using System.Text;
using Parley.Core.Accounts;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Table of the values that accounts have under keys; not for two threads at a time.</summary>
internal sealed class ValueTable(Database database)
{
    private const string IdOfAccount = "(SELECT id FROM account WHERE identity = ?1)";

    public string? Get(AccountId account, string kind, string key)
    {
        using var select = database.Prepare($"SELECT value FROM value WHERE account = {IdOfAccount} AND kind = ?2 AND key = ?3");
        return Bind(select, account, kind, key).Step() ? TextOf(select, 0) : null;
    }

    public List<KeyValuePair<string, string>> List(AccountId account, string kind)
    {
        var values = new List<KeyValuePair<string, string>>();
        using var select = database.Prepare($"SELECT key, value FROM value WHERE account = {IdOfAccount} AND kind = ?2 ORDER BY key");
        select.Bind(1, account.Value).Bind(2, Encoding.UTF8.GetBytes(kind));
        while (select.Step())
        {
            values.Add(KeyValuePair.Create(TextOf(select, 0), TextOf(select, 1)));
        }

        return values;
    }

    /// <summary>Sets or removes; false if there is no such account.</summary>
    public bool Set(AccountId account, string kind, string key, string? value)
    {
        using (var owner = database.Prepare("SELECT id FROM account WHERE identity = ?"))
        {
            if (!owner.Bind(1, account.Value).TryNumber(out _))
            {
                return false;
            }
        }

        database.Execute(AccountFile.Quick);
        try
        {
            using var change = database.Prepare(value is null
                ? $"DELETE FROM value WHERE account = {IdOfAccount} AND kind = ?2 AND key = ?3"
                : "INSERT INTO value (account, kind, key, value) SELECT id, ?2, ?3, ?4 FROM account WHERE identity = ?1 "
                    + "ON CONFLICT (account, kind, key) DO UPDATE SET value = excluded.value");
            Bind(change, account, kind, key);
            if (value is not null)
            {
                change.Bind(4, Encoding.UTF8.GetBytes(value));
            }

            change.Run();
            return true;
        }
        finally
        {
            database.Execute(AccountFile.Durable);
        }
    }

    // As bytes: text may have any character, also the one that ends a string in C.
    private static Statement Bind(Statement statement, AccountId account, string kind, string key) =>
        statement.Bind(1, account.Value).Bind(2, Encoding.UTF8.GetBytes(kind)).Bind(3, Encoding.UTF8.GetBytes(key));

    private static string TextOf(Statement row, int column) => Encoding.UTF8.GetString(row.Bytes(column));
}
