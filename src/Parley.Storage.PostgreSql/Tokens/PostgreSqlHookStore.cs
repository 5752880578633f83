using Npgsql;
using Parley.Core.Hooks;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Tokens;

/// <summary>Web hooks in a database.</summary>
internal sealed class PostgreSqlHookStore(Sql sql) : IHookStore
{
    private const string Columns = "id, url, secret, rooms, mentions, created";

    public async ValueTask<WebHook> AddAsync(WebHook hook, CancellationToken cancellationToken = default)
    {
        var added = await sql.ReturnAsync(
            $"INSERT INTO hook (url, secret, rooms, mentions, created) VALUES ($1, $2, $3, $4, $5) RETURNING {Columns}",
            Read, cancellationToken, hook.Url.AbsoluteUri, hook.Secret, string.Join(' ', hook.Rooms), StoredText.Of(string.Join('\n', hook.Mentions)),
            StoredTime.Of(hook.Created));
        return hook with { Id = added!.Id };
    }

    public ValueTask<IReadOnlyList<WebHook>> ListAsync(CancellationToken cancellationToken = default)
        => sql.ReadAsync($"SELECT {Columns} FROM hook ORDER BY id", Read, cancellationToken);

    public async ValueTask<bool> RemoveAsync(long id, CancellationToken cancellationToken = default)
        => await sql.RunAsync("DELETE FROM hook WHERE id = $1", cancellationToken, id) > 0;

    private WebHook Read(NpgsqlDataReader row)
    {
        List<RoomName> rooms = [];
        foreach (var word in row.GetString(3).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            rooms.Add(RoomName.TryParse(word, out var room) ? room : throw sql.Damaged($"hook {row.GetInt64(0)} names no room"));
        }

        return AbsoluteUrl.TryParse(row.GetString(1), out var url)
            ? new WebHook(url, row.GetString(2), row.TimeAt(5))
            {
                Id = row.GetInt64(0),
                Rooms = rooms,
                Mentions = row.TextAt(4).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            }
            : throw sql.Damaged($"hook {row.GetInt64(0)} has no URL");
    }
}
