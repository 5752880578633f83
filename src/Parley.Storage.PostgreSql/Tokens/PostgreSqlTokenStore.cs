using Npgsql;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Tokens;

/// <summary>Tokens in a database. Every call asks it, so what another server or an operator has changed holds at once.</summary>
internal sealed class PostgreSqlTokenStore(Sql sql) : ITokenStore
{
    private const string Columns = "id, name, scopes, created, expires, last_used, revoked";

    public ValueTask<AccessToken?> AddAsync(AccessToken token, ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default)
        => sql.ReturnAsync(
            $"INSERT INTO token (hash, key, name, scopes, created, expires) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING {Columns}",
            Read, cancellationToken, hash.ToArray(), token.Name.Key, token.Name.Value, token.Scopes.ToString(), StoredTime.Of(token.Created),
            StoredText.OptionalTime(token.Expires));

    public ValueTask<AccessToken?> FindAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default)
        => sql.FindAsync($"SELECT {Columns} FROM token WHERE hash = $1", Read, cancellationToken, hash.ToArray());

    public ValueTask<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellationToken = default)
        => sql.ReadAsync($"SELECT {Columns} FROM token ORDER BY id", Read, cancellationToken);

    public async ValueTask<bool> RevokeAsync(UserName name, DateTimeOffset time, CancellationToken cancellationToken = default)
        => await sql.RunAsync("UPDATE token SET revoked = $1 WHERE key = $2 AND revoked IS NULL", cancellationToken, StoredTime.Of(time), name.Key) > 0;

    public async ValueTask UsedAsync(long id, DateTimeOffset time, CancellationToken cancellationToken = default)
        => await sql.RunQuicklyAsync("UPDATE token SET last_used = $1 WHERE id = $2", cancellationToken, StoredTime.Of(time), id);

    private AccessToken Read(NpgsqlDataReader row)
        => UserName.TryParse(row.GetString(1), out var name) && TokenScopes.TryParse(row.GetString(2), out var scopes)
            ? new AccessToken(name, scopes, row.TimeAt(3))
            {
                Id = row.GetInt64(0),
                Expires = row.OptionalTimeAt(4),
                LastUsed = row.OptionalTimeAt(5),
                Revoked = row.OptionalTimeAt(6),
            }
            : throw sql.Damaged($"token {row.GetInt64(0)} has no name, or scopes that there are not");
}
