using Npgsql;
using Parley.Core.Moderation;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Moderation;

/// <summary>Records of decisions in a database.</summary>
internal sealed class PostgreSqlAuditStore(Sql sql) : IAuditStore
{
    public async ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, int keep, CancellationToken cancellationToken = default) => await sql.TransactAsync(
        async connection =>
        {
            foreach (var entry in entries)
            {
                await Sql.RunAsync(
                    connection, "INSERT INTO audit (time, actor, account, action, room, subject, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                    cancellationToken, StoredTime.Of(entry.Time), StoredText.Of(entry.Actor), entry.Account, StoredText.Of(entry.Action),
                    StoredText.Of(entry.Room), StoredText.Of(entry.Subject), StoredText.Of(entry.Reason));
            }

            return await Sql.RunAsync(
                connection, "DELETE FROM audit WHERE id <= (SELECT id FROM audit ORDER BY id DESC OFFSET $1 LIMIT 1)", cancellationToken, keep);
        },
        cancellationToken);

    public async ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(int last, DateTimeOffset? since = null, CancellationToken cancellationToken = default)
        => [.. (await sql.ReadAsync(
            "SELECT time, actor, account, action, room, subject, reason FROM audit WHERE time >= $1 ORDER BY id DESC LIMIT $2",
            Read, cancellationToken, StoredText.OptionalTime(since) ?? long.MinValue, last)).Reverse()];

    private static AuditEntry Read(NpgsqlDataReader row) => new(row.TimeAt(0), row.TextAt(1), row.TextAt(3))
    {
        Account = row.GetInt64(2),
        Room = row.TextAt(4),
        Subject = row.TextAt(5),
        Reason = row.TextAt(6),
    };
}
