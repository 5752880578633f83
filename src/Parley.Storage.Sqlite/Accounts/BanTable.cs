using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Moderation;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Bans from the server. Not for two threads at a time.</summary>
internal sealed class BanTable(Database database)
{
    public List<Ban> List() => [.. Rows().Select(row => row.Ban)];

    public void Set(Ban ban)
    {
        using var transaction = new Transaction(database);
        var old = IdOf(ban.Subject);
        using (var write = database.Prepare(old is null
            ? "INSERT INTO ban (kind, subject, identity, expires, reason, made_by, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
            : "UPDATE ban SET kind = ?1, subject = ?2, identity = ?3, expires = ?4, reason = ?5, made_by = ?6, made = ?7 WHERE id = ?8"))
        {
            // As bytes: text may have any character, also the one that ends a string in C.
            write.Bind(1, (long)ban.Subject.Kind).Bind(2, Encoding.UTF8.GetBytes(ban.Subject.Text)).Bind(3, ban.Subject.Identity.Value)
                .Bind(5, Encoding.UTF8.GetBytes(ban.Reason)).Bind(6, Encoding.UTF8.GetBytes(ban.By)).Bind(7, StoredTime.Of(ban.Made));
            _ = ban.Until is { } until ? write.Bind(4, StoredTime.Of(until)) : write.BindNull(4);
            if (old is { } id)
            {
                write.Bind(8, id);
            }

            write.Run();
        }

        transaction.Commit();
    }

    public bool Remove(BanSubject subject)
    {
        if (IdOf(subject) is not { } id)
        {
            return false;
        }

        using var delete = database.Prepare("DELETE FROM ban WHERE id = ?");
        delete.Bind(1, id).Run();
        return true;
    }

    /// <summary>Bans are few, and what makes two subjects the same is for the subject to say.</summary>
    private long? IdOf(BanSubject subject)
        => Rows().Where(row => row.Ban.Subject.IsSame(subject)).Select(row => (long?)row.Id).FirstOrDefault();

    private List<(long Id, Ban Ban)> Rows()
    {
        var rows = new List<(long, Ban)>();
        using var select = database.Prepare("SELECT id, kind, subject, identity, expires, reason, made_by, made FROM ban ORDER BY id");
        while (select.Step())
        {
            var subject = BanSubject.Restore((BanKind)select.Number(1), TextOf(select, 2), Identity.Restore(select.Number(3)))
                ?? throw select.Damaged("a ban about nobody");
            rows.Add((select.Number(0), new Ban(subject, TextOf(select, 6), StoredTime.ToTime(select.Number(7)))
            {
                Until = select.IsNull(4) ? null : StoredTime.ToTime(select.Number(4)),
                Reason = TextOf(select, 5),
            }));
        }

        return rows;
    }

    private static string TextOf(Statement row, int column) => Encoding.UTF8.GetString(row.Bytes(column));
}
