using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>Codes that were sent by e-mail, in a database.</summary>
internal sealed class PostgreSqlMailCodeStore(Sql sql) : IMailCodeStore
{
    /// <summary>One server at a time: two that send codes to one account leave one that is good.</summary>
    public async ValueTask<MailCode> AddAsync(MailCode code, DateTimeOffset now, int most, CancellationToken cancellationToken = default) => await sql.TransactAsync(
        async connection =>
        {
            await Sql.RunAsync(connection, "LOCK TABLE mail_code IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
            await Sql.RunAsync(
                connection, "DELETE FROM mail_code WHERE expires <= $1 OR (account = $2 AND account <> 0 AND kind = $3)",
                cancellationToken, StoredTime.Of(now), code.Account.Value, (int)code.Kind);
            await Sql.RunAsync(
                connection, "DELETE FROM mail_code WHERE id NOT IN (SELECT id FROM mail_code ORDER BY id DESC LIMIT $1)", cancellationToken, most - 1);
            var bare = code.WithoutPassword();
            var others = code.Account.IsEmpty
                ? await Sql.RunAsync(
                    connection, "UPDATE mail_code SET password = $1 WHERE account = 0 AND kind = $2 AND key = $3",
                    cancellationToken, bare.Password?.ToString(), (int)code.Kind, code.Name.Key)
                : 0;
            var kept = others > 0 ? bare : code;
            await Sql.RunAsync(
                connection,
                "INSERT INTO mail_code (hash, kind, key, name, account, email, password, invitation, expires) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                cancellationToken, code.Hash, (int)code.Kind, code.Name.Key, code.Name.Value, code.Account.Value, StoredText.Of(code.Email),
                kept.Password?.ToString(), code.Invitation, StoredTime.Of(code.Expires));
            return kept;
        },
        cancellationToken);

    public ValueTask<MailCode?> TakeAsync(string hash, MailCodeKind kind, UserName name, DateTimeOffset now, CancellationToken cancellationToken = default)
        => sql.ReturnAsync(
            """
            DELETE FROM mail_code WHERE hash = $1 AND kind = $2 AND key = $3 AND expires > $4
            RETURNING hash, kind, name, account, email, password, invitation, expires
            """,
            Read, cancellationToken, hash, (int)kind, name.IsEmpty ? "" : name.Key, StoredTime.Of(now));

    public async ValueTask RemoveAllAsync(AccountId account, CancellationToken cancellationToken = default)
        => await sql.RunAsync("DELETE FROM mail_code WHERE account = $1", cancellationToken, account.Value);

    private MailCode Read(NpgsqlDataReader row)
    {
        PasswordVerifier? password = null;
        if (!UserName.TryParse(row.GetString(2), out var name) || (!row.IsDBNull(5) && !PasswordVerifier.TryParse(row.GetString(5), out password)))
        {
            throw sql.Damaged("a code for nobody");
        }

        return new MailCode(row.GetString(0), (MailCodeKind)row.GetInt32(1), name, row.TextAt(4), row.TimeAt(7))
        {
            Account = new AccountId(row.GetInt64(3)),
            Password = password,
            Invitation = row.GetString(6),
        };
    }
}
