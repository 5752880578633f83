using Npgsql;
using Parley.Core.Accounts;
using Parley.Core.Moderation;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Moderation;

/// <summary>Bans from the servers of a database. They are few, and what makes two subjects the same is for the subject to say.</summary>
internal sealed class PostgreSqlBanStore(Sql sql) : IBanStore
{
    private const string Select = "SELECT id, kind, subject, identity, expires, reason, made_by, made FROM ban ORDER BY id";

    public async ValueTask<IReadOnlyList<Ban>> ListAsync(CancellationToken cancellationToken = default)
        => [.. (await sql.ReadAsync(Select, Read, cancellationToken)).Select(row => row.Ban)];

    public async ValueTask SetAsync(Ban ban, CancellationToken cancellationToken = default) => await ChangeAsync(
        ban.Subject,
        (connection, old) => Sql.RunAsync(
            connection,
            old is null
                ? "INSERT INTO ban (kind, subject, identity, expires, reason, made_by, made) VALUES ($1, $2, $3, $4, $5, $6, $7)"
                : "UPDATE ban SET kind = $1, subject = $2, identity = $3, expires = $4, reason = $5, made_by = $6, made = $7 WHERE id = $8",
            cancellationToken,
            [
                (int)ban.Subject.Kind, StoredText.Of(ban.Subject.Text), ban.Subject.Identity.Value, StoredText.OptionalTime(ban.Until),
                StoredText.Of(ban.Reason), StoredText.Of(ban.By), StoredTime.Of(ban.Made), .. old is { } id ? [id] : Array.Empty<object?>(),
            ]),
        cancellationToken);

    public async ValueTask<bool> RemoveAsync(BanSubject subject, CancellationToken cancellationToken = default) => await ChangeAsync(
        subject,
        (connection, old) => old is { } id ? Sql.RunAsync(connection, "DELETE FROM ban WHERE id = $1", cancellationToken, id) : Task.FromResult(0),
        cancellationToken) > 0;

    /// <summary>One server at a time: of two that ban somebody, the second finds the first's ban.</summary>
    private ValueTask<int> ChangeAsync(BanSubject subject, Func<NpgsqlConnection, long?, Task<int>> change, CancellationToken cancellationToken) => sql.TransactAsync(
        async connection =>
        {
            await Sql.RunAsync(connection, "LOCK TABLE ban IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
            var rows = await Sql.RowsAsync(connection, Select, Read, cancellationToken);
            return await change(connection, rows.Where(row => row.Ban.Subject.IsSame(subject)).Select(row => (long?)row.Id).FirstOrDefault());
        },
        cancellationToken);

    private (long Id, Ban Ban) Read(NpgsqlDataReader row)
    {
        var subject = BanSubject.Restore((BanKind)row.GetInt32(1), row.TextAt(2), Identity.Restore(row.GetInt64(3))) ?? throw sql.Damaged("a ban about nobody");
        return (row.GetInt64(0), new Ban(subject, row.TextAt(6), row.TimeAt(7)) { Until = row.OptionalTimeAt(4), Reason = row.TextAt(5) });
    }
}
