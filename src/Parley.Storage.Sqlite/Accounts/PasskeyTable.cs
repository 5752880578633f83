using System.Text;
using Parley.Core.Accounts;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Passkeys of accounts. Not for two threads at a time.</summary>
internal sealed class PasskeyTable(Database database)
{
    private const string Select =
        """
        SELECT passkey.id, identity, credential, public_key, sign_count, passkey.name, made, used
        FROM passkey JOIN account ON account.id = passkey.account
        """;

    public Passkey? Add(Passkey passkey, int most)
    {
        using var insert = database.Prepare(
            """
            INSERT INTO passkey (account, credential, public_key, sign_count, name, made)
            SELECT id, ?2, ?3, ?4, ?5, ?6 FROM account WHERE identity = ?1 AND (SELECT count(*) FROM passkey WHERE account = account.id) < ?7
            ON CONFLICT DO NOTHING RETURNING id
            """);
        insert.Bind(1, passkey.Account.Value).Bind(2, Digits(passkey.Credential.Span)).Bind(3, Digits(passkey.PublicKey.Span)).Bind(4, passkey.SignCount)
            .Bind(5, Encoding.UTF8.GetBytes(passkey.Name)).Bind(6, StoredTime.Of(passkey.Made)).Bind(7, most);
        return insert.TryNumber(out var id) ? passkey with { Id = id } : null;
    }

    public Passkey? Find(ReadOnlySpan<byte> credential)
    {
        using var select = database.Prepare($"{Select} WHERE credential = ?");
        return select.Bind(1, Digits(credential)).Step() ? Of(select) : null;
    }

    public List<Passkey> List(AccountId account)
    {
        var passkeys = new List<Passkey>();
        using var select = database.Prepare($"{Select} WHERE identity = ? ORDER BY passkey.id");
        select.Bind(1, account.Value);
        while (select.Step())
        {
            passkeys.Add(Of(select));
        }

        return passkeys;
    }

    public void Used(ReadOnlySpan<byte> credential, uint signCount, DateTimeOffset time)
    {
        using var update = database.Prepare("UPDATE passkey SET sign_count = ?, used = ? WHERE credential = ?");
        update.Bind(1, signCount).Bind(2, StoredTime.Of(time)).Bind(3, Digits(credential)).Run();
    }

    public Passkey? Remove(AccountId account, long id)
    {
        var removed = List(account).Find(passkey => passkey.Id == id);
        if (removed is not null)
        {
            using var delete = database.Prepare("DELETE FROM passkey WHERE id = ?");
            delete.Bind(1, id).Run();
        }

        return removed;
    }

    private static string Digits(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static Passkey Of(Statement row) => new(
        new AccountId(row.Number(1)), Convert.FromHexString(row.Text(2)), Convert.FromHexString(row.Text(3)), Encoding.UTF8.GetString(row.Bytes(5)), StoredTime.ToTime(row.Number(6)))
    {
        Id = row.Number(0),
        SignCount = (uint)row.Number(4),
        Used = row.IsNull(7) ? null : StoredTime.ToTime(row.Number(7)),
    };
}
