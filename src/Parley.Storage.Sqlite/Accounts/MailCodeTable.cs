using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Codes that were sent by e-mail. Not for two threads at a time.</summary>
internal sealed class MailCodeTable(Database database)
{
    public MailCode Add(MailCode code, DateTimeOffset now, int most)
    {
        using var transaction = new Transaction(database);
        using (var delete = database.Prepare("DELETE FROM mail_code WHERE expires <= ?1 OR (identity = ?2 AND identity <> 0 AND kind = ?3)"))
        {
            delete.Bind(1, StoredTime.Of(now)).Bind(2, code.Account.Value).Bind(3, (long)code.Kind).Run();
        }

        using (var delete = database.Prepare("DELETE FROM mail_code WHERE id NOT IN (SELECT id FROM mail_code ORDER BY id DESC LIMIT ?)"))
        {
            delete.Bind(1, most - 1).Run();
        }

        var bare = code.WithoutPassword();
        using (var others = database.Prepare("UPDATE mail_code SET password = ? WHERE identity = 0 AND ? = 0 AND kind = ? AND key = ? RETURNING id"))
        {
            _ = bare.Password is { } none ? others.Bind(1, none.ToString()) : others.BindNull(1);
            others.Bind(2, code.Account.Value).Bind(3, (long)code.Kind).Bind(4, code.Name.Key);
            code = others.Step() ? bare : code;
            others.Run();
        }

        using (var insert = database.Prepare(
            "INSERT INTO mail_code (hash, kind, key, name, identity, email, password, invitation, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"))
        {
            insert.Bind(1, code.Hash).Bind(2, (long)code.Kind).Bind(3, code.Name.Key).Bind(4, code.Name.Value).Bind(5, code.Account.Value)
                .Bind(6, Encoding.UTF8.GetBytes(code.Email)).Bind(8, code.Invitation).Bind(9, StoredTime.Of(code.Expires));
            _ = code.Password is { } password ? insert.Bind(7, password.ToString()) : insert.BindNull(7);
            insert.Run();
        }

        transaction.Commit();
        return code;
    }

    public MailCode? Take(string hash, MailCodeKind kind, UserName name, DateTimeOffset now)
    {
        using var delete = database.Prepare(
            "DELETE FROM mail_code WHERE hash = ? AND kind = ? AND key = ? AND expires > ? RETURNING name, identity, email, password, invitation, expires");
        delete.Bind(1, hash).Bind(2, (long)kind).Bind(3, name.Key).Bind(4, StoredTime.Of(now));
        if (!delete.Step())
        {
            return null;
        }

        PasswordVerifier? password = null;
        if (!UserName.TryParse(delete.Text(0), out var kept) || (!delete.IsNull(3) && !PasswordVerifier.TryParse(delete.Text(3), out password)))
        {
            throw delete.Damaged("a code for nobody");
        }

        var code = new MailCode(hash, kind, kept, Encoding.UTF8.GetString(delete.Bytes(2)), StoredTime.ToTime(delete.Number(5)))
        {
            Account = new AccountId(delete.Number(1)),
            Password = password,
            Invitation = delete.Text(4),
        };
        delete.Run();
        return code;
    }

    public void RemoveAll(AccountId account)
    {
        using var delete = database.Prepare("DELETE FROM mail_code WHERE identity = ?");
        delete.Bind(1, account.Value).Run();
    }
}
