using Parley.Core.Hooks;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Tokens;

/// <summary>Web hooks in a file.</summary>
internal sealed class SqliteHookStore(TokenFile file) : IHookStore
{
    public ValueTask<WebHook> AddAsync(WebHook hook, CancellationToken cancellationToken = default)
        => file.RunAsync(database => Add(database, hook), hook, cancellationToken);

    public ValueTask<IReadOnlyList<WebHook>> ListAsync(CancellationToken cancellationToken = default)
        => file.RunAsync<IReadOnlyList<WebHook>>(
            database =>
            {
                using var rows = database.Prepare("SELECT id, url, secret, rooms, mentions, created FROM hook ORDER BY id");
                List<WebHook> hooks = [];
                while (rows.Step())
                {
                    hooks.Add(Read(rows));
                }

                return hooks;
            },
            [],
            cancellationToken);

    public ValueTask<bool> RemoveAsync(long id, CancellationToken cancellationToken = default)
        => file.RunAsync(
            database =>
            {
                var before = database.TotalChanges;
                using var delete = database.Prepare("DELETE FROM hook WHERE id = ?1");
                delete.Bind(1, id).Run();
                return database.TotalChanges != before;
            },
            otherwise: false,
            cancellationToken);

    private static WebHook Add(Database database, WebHook hook)
    {
        using var transaction = new Transaction(database);
        using (var insert = database.Prepare("INSERT INTO hook (url, secret, rooms, mentions, created) VALUES (?1, ?2, ?3, ?4, ?5)"))
        {
            insert.Bind(1, hook.Url.AbsoluteUri).Bind(2, hook.Secret).Bind(3, string.Join(' ', hook.Rooms))
                .Bind(4, string.Join('\n', hook.Mentions)).Bind(5, StoredTime.Of(hook.Created)).Run();
        }

        var added = hook with { Id = database.Number("SELECT last_insert_rowid()") };
        transaction.Commit();
        return added;
    }

    private static WebHook Read(Statement row)
    {
        List<RoomName> rooms = [];
        foreach (var word in row.Text(3).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            rooms.Add(RoomName.TryParse(word, out var room) ? room : throw row.Damaged($"hook {row.Number(0)} names no room"));
        }

        return AbsoluteUrl.TryParse(row.Text(1), out var url)
            ? new WebHook(url, row.Text(2), StoredTime.ToTime(row.Number(5)))
            {
                Id = row.Number(0),
                Rooms = rooms,
                Mentions = row.Text(4).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            }
            : throw row.Damaged($"hook {row.Number(0)} has no URL");
    }
}
