using Parley.Core.Tokens;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Tokens;

/// <summary>Answers in a database, for requests that are sent again, also to another server.</summary>
internal sealed class PostgreSqlAnswerStore(Sql sql) : IAnswerStore
{
    public ValueTask<RememberedAnswer?> FindAsync(long token, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
        => sql.FindAsync(
            "SELECT fingerprint, time, body FROM answer WHERE token = $1 AND key = $2 AND time > $3",
            row => new RememberedAnswer(token, key, row.GetFieldValue<byte[]>(0), row.TimeAt(1), row.GetFieldValue<byte[]>(2)),
            cancellationToken, token, StoredText.Of(key), StoredTime.Of(now - RememberedAnswer.Lifetime));

    public async ValueTask AddAsync(RememberedAnswer answer, CancellationToken cancellationToken = default) => await sql.TransactAsync(
        async connection =>
        {
            var (key, time) = (StoredText.Of(answer.Key), StoredTime.Of(answer.Time));

            // The answer to a request that is known. A key that is used anew, after a day, has its place among the youngest.
            if (await Sql.RunAsync(
                connection, "UPDATE answer SET fingerprint = $1, body = $2 WHERE token = $3 AND key = $4 AND time = $5",
                cancellationToken, answer.Fingerprint.ToArray(), answer.Body.ToArray(), answer.Token, key, time) == 0)
            {
                await Sql.RunAsync(connection, "DELETE FROM answer WHERE token = $1 AND key = $2", cancellationToken, answer.Token, key);
                await Sql.RunAsync(
                    connection,
                    """
                    INSERT INTO answer (token, key, fingerprint, time, body) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (token, key) DO UPDATE SET fingerprint = excluded.fingerprint, time = excluded.time, body = excluded.body
                    """,
                    cancellationToken, answer.Token, key, answer.Fingerprint.ToArray(), time, answer.Body.ToArray());
            }

            // A few of the oldest with each: so there is never a long piece of work, and never more than there may be.
            return await Sql.RunAsync(
                connection,
                """
                DELETE FROM answer
                WHERE id IN (SELECT id FROM answer ORDER BY id LIMIT 4) AND (time <= $1 OR id <= (SELECT max(id) FROM answer) - $2)
                """,
                cancellationToken, StoredTime.Of(answer.Time - RememberedAnswer.Lifetime), RememberedAnswer.MaxCount);
        },
        cancellationToken);
}
