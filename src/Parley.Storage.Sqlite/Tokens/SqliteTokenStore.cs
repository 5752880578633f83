using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Tokens;

/// <summary>Tokens in a file. Every call asks the file, so what another process has changed holds at once.</summary>
internal sealed class SqliteTokenStore(TokenFile file) : ITokenStore
{
    private const string Columns = "SELECT id, name, scopes, created, expires, last_used, revoked FROM token";

    public ValueTask<AccessToken?> AddAsync(AccessToken token, ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default)
        => file.RunAsync(database => Add(database, token, Convert.ToHexString(hash.Span)), otherwise: null, cancellationToken);

    public ValueTask<AccessToken?> FindAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default)
        => file.RunAsync(
            database =>
            {
                using var found = database.Prepare($"{Columns} WHERE hash = ?1");
                return found.Bind(1, Convert.ToHexString(hash.Span)).Step() ? Read(found) : null;
            },
            otherwise: null,
            cancellationToken);

    public ValueTask<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellationToken = default)
        => file.RunAsync<IReadOnlyList<AccessToken>>(
            database =>
            {
                using var rows = database.Prepare($"{Columns} ORDER BY id");
                List<AccessToken> tokens = [];
                while (rows.Step())
                {
                    tokens.Add(Read(rows));
                }

                return tokens;
            },
            [],
            cancellationToken);

    public ValueTask<bool> RevokeAsync(UserName name, DateTimeOffset time, CancellationToken cancellationToken = default)
        => file.RunAsync(
            database =>
            {
                var before = database.TotalChanges;
                using var update = database.Prepare("UPDATE token SET revoked = ?2 WHERE name_key(name) = ?1 AND revoked IS NULL");
                update.Bind(1, name.Key).Bind(2, StoredTime.Of(time)).Run();
                return database.TotalChanges != before;
            },
            otherwise: false,
            cancellationToken);

    public async ValueTask UsedAsync(long id, DateTimeOffset time, CancellationToken cancellationToken = default)
        => await file.RunAsync(
            database =>
            {
                using var update = database.Prepare("UPDATE token SET last_used = ?2 WHERE id = ?1");
                update.Bind(1, id).Bind(2, StoredTime.Of(time)).Run();
                return true;
            },
            otherwise: false,
            cancellationToken);

    private static AccessToken? Add(Database database, AccessToken token, string hash)
    {
        using var transaction = new Transaction(database);
        using (var other = database.Prepare("SELECT id FROM token WHERE name_key(name) = ?1 AND revoked IS NULL"))
        {
            if (other.Bind(1, token.Name.Key).TryNumber(out _))
            {
                return null;
            }
        }

        using (var insert = database.Prepare("INSERT INTO token (hash, name, scopes, created, expires) VALUES (?1, ?2, ?3, ?4, ?5)"))
        {
            insert.Bind(1, hash).Bind(2, token.Name.Value).Bind(3, token.Scopes.ToString()).Bind(4, StoredTime.Of(token.Created));
            if (token.Expires is { } expires)
            {
                insert.Bind(5, StoredTime.Of(expires));
            }

            insert.Run();
        }

        var added = token with { Id = database.Number("SELECT last_insert_rowid()") };
        transaction.Commit();
        return added;
    }

    private static AccessToken Read(Statement row)
        => UserName.TryParse(row.Text(1), out var name) && TokenScopes.TryParse(row.Text(2), out var scopes)
            ? new AccessToken(name, scopes, StoredTime.ToTime(row.Number(3)))
            {
                Id = row.Number(0),
                Expires = TimeIn(row, 4),
                LastUsed = TimeIn(row, 5),
                Revoked = TimeIn(row, 6),
            }
            : throw row.Damaged($"token {row.Number(0)} has no name, or scopes that there are not");

    private static DateTimeOffset? TimeIn(Statement row, int column)
        => row.IsNull(column) ? null : StoredTime.ToTime(row.Number(column));
}
