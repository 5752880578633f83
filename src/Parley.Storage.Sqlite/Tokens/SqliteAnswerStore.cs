using Parley.Core.Tokens;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Tokens;

/// <summary>Answers in a file, for requests that are sent again, also after a restart.</summary>
internal sealed class SqliteAnswerStore(TokenFile file) : IAnswerStore
{
    public ValueTask<RememberedAnswer?> FindAsync(long token, string key, DateTimeOffset now, CancellationToken cancellationToken = default)
        => file.RunAsync(
            database =>
            {
                using var found = database.Prepare("SELECT fingerprint, time, body FROM answer WHERE token = ?1 AND key = ?2 AND time > ?3");
                return found.Bind(1, token).Bind(2, key).Bind(3, StoredTime.Of(now - RememberedAnswer.Lifetime)).Step()
                    ? new RememberedAnswer(
                        token, key, Convert.FromHexString(found.Text(0)), StoredTime.ToTime(found.Number(1)), found.Bytes(2).ToArray())
                    : null;
            },
            otherwise: null,
            cancellationToken);

    public async ValueTask AddAsync(RememberedAnswer answer, CancellationToken cancellationToken = default)
        => await file.RunAsync(database => Add(database, answer), otherwise: false, cancellationToken);

    private static bool Add(Database database, RememberedAnswer answer)
    {
        using var transaction = new Transaction(database);

        // A key that is used anew, after a day, has its place among the youngest.
        using (var forget = database.Prepare("DELETE FROM answer WHERE token = ?1 AND key = ?2 AND time <> ?3"))
        {
            forget.Bind(1, answer.Token).Bind(2, answer.Key).Bind(3, StoredTime.Of(answer.Time)).Run();
        }

        using (var insert = database.Prepare(
            """
            INSERT INTO answer (token, key, fingerprint, time, body) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (token, key) DO UPDATE SET fingerprint = ?3, body = ?5
            """))
        {
            insert.Bind(1, answer.Token).Bind(2, answer.Key).Bind(3, Convert.ToHexString(answer.Fingerprint.Span))
                .Bind(4, StoredTime.Of(answer.Time)).Bind(5, answer.Body.Span).Run();
        }

        // A few of the oldest with each: so there is never a long piece of work, and never more than there may be.
        using (var forget = database.Prepare(
            """
            DELETE FROM answer
            WHERE id IN (SELECT id FROM answer ORDER BY id LIMIT 4)
                AND (time <= ?1 OR id <= (SELECT max(id) FROM answer) - ?2)
            """))
        {
            forget.Bind(1, StoredTime.Of(answer.Time - RememberedAnswer.Lifetime)).Bind(2, RememberedAnswer.MaxCount).Run();
        }

        transaction.Commit();
        return true;
    }
}
