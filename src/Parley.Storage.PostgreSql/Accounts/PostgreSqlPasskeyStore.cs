using Npgsql;
using Parley.Core.Accounts;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Accounts;

/// <summary>Passkeys of accounts in a database.</summary>
internal sealed class PostgreSqlPasskeyStore(Sql sql) : IPasskeyStore
{
    private const string Columns = "id, account, credential, public_key, sign_count, name, made, used";

    /// <summary>One server at a time for an account: of two that add a passkey, the second counts the first's.</summary>
    public ValueTask<Passkey?> AddAsync(Passkey passkey, int most, CancellationToken cancellationToken = default) => sql.TransactAsync(
        async connection =>
        {
            if (!await AccountLock.TakeAsync(connection, passkey.Account, cancellationToken))
            {
                return null;
            }

            var added = await Sql.RowsAsync(
                connection,
                $"""
                INSERT INTO passkey (account, credential, public_key, sign_count, name, made)
                SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM passkey WHERE account = $1) < $7
                ON CONFLICT DO NOTHING RETURNING {Columns}
                """,
                Read, cancellationToken, passkey.Account.Value, passkey.Credential.ToArray(), passkey.PublicKey.ToArray(), (long)passkey.SignCount,
                StoredText.Of(passkey.Name), StoredTime.Of(passkey.Made), most);
            return added is [var kept] ? passkey with { Id = kept.Id } : null;
        },
        cancellationToken);

    public ValueTask<Passkey?> FindAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken = default)
        => sql.FindAsync($"SELECT {Columns} FROM passkey WHERE credential = $1", Read, cancellationToken, credential.ToArray());

    public ValueTask<IReadOnlyList<Passkey>> ListAsync(AccountId account, CancellationToken cancellationToken = default)
        => sql.ReadAsync($"SELECT {Columns} FROM passkey WHERE account = $1 ORDER BY id", Read, cancellationToken, account.Value);

    public async ValueTask UsedAsync(ReadOnlyMemory<byte> credential, uint signCount, DateTimeOffset time, CancellationToken cancellationToken = default)
        => await sql.RunAsync(
            "UPDATE passkey SET sign_count = $1, used = $2 WHERE credential = $3", cancellationToken, (long)signCount, StoredTime.Of(time), credential.ToArray());

    public ValueTask<Passkey?> RemoveAsync(AccountId account, long id, CancellationToken cancellationToken = default)
        => sql.ReturnAsync($"DELETE FROM passkey WHERE account = $1 AND id = $2 RETURNING {Columns}", Read, cancellationToken, account.Value, id);

    private static Passkey Read(NpgsqlDataReader row)
        => new(new AccountId(row.GetInt64(1)), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3), row.TextAt(5), row.TimeAt(6))
        {
            Id = row.GetInt64(0),
            SignCount = (uint)row.GetInt64(4),
            Used = row.OptionalTimeAt(7),
        };
}
