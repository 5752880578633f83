using System.Text;
using Parley.Core.Moderation;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Accounts;

/// <summary>Records of decisions. Not for two threads at a time.</summary>
internal sealed class AuditTable(Database database)
{
    public void Append(IReadOnlyList<AuditEntry> entries, int keep)
    {
        using var transaction = new Transaction(database);
        using (var insert = database.Prepare("INSERT INTO audit (time, actor, account, action, room, subject, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"))
        {
            foreach (var entry in entries)
            {
                // As bytes: text may have any character, also the one that ends a string in C.
                insert.Bind(1, StoredTime.Of(entry.Time)).Bind(2, Encoding.UTF8.GetBytes(entry.Actor)).Bind(3, entry.Account)
                    .Bind(4, Encoding.UTF8.GetBytes(entry.Action)).Bind(5, Encoding.UTF8.GetBytes(entry.Room))
                    .Bind(6, Encoding.UTF8.GetBytes(entry.Subject)).Bind(7, Encoding.UTF8.GetBytes(entry.Reason)).Run();
            }
        }

        using (var delete = database.Prepare("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?1"))
        {
            delete.Bind(1, keep).Run();
        }

        transaction.Commit();
    }

    public List<AuditEntry> Read(int last, DateTimeOffset? since)
    {
        var entries = new List<AuditEntry>();
        using var select = database.Prepare("SELECT time, actor, account, action, room, subject, reason FROM audit WHERE time >= ?1 ORDER BY id DESC LIMIT ?2");
        select.Bind(1, since is { } earliest ? StoredTime.Of(earliest) : long.MinValue).Bind(2, last);
        while (select.Step())
        {
            entries.Add(new AuditEntry(StoredTime.ToTime(select.Number(0)), TextOf(select, 1), TextOf(select, 3))
            {
                Account = select.Number(2),
                Room = TextOf(select, 4),
                Subject = TextOf(select, 5),
                Reason = TextOf(select, 6),
            });
        }

        entries.Reverse();
        return entries;
    }

    private static string TextOf(Statement row, int column) => Encoding.UTF8.GetString(row.Bytes(column));
}
