using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Admin;

/// <summary>Looks for damage.</summary>
internal static class HistoryCheck
{
    // What MUST be so, as questions for what is not. Each gives one number.
    private static readonly (string Question, string Problem)[] Rules =
    [
        ("SELECT count(*) FROM message LEFT JOIN room ON room.id = message.room WHERE room.id IS NULL",
            "messages of a room that is none"),
        ("SELECT count(*) FROM message JOIN room ON room.id = message.room WHERE message.number > room.last_number",
            "messages with a number that their room has not given"),
        ("SELECT count(*) FROM message LEFT JOIN place ON place.key = message.room << 36 | message.number "
            + "WHERE message.id <= (SELECT placed FROM progress) AND place.message IS NOT message.id",
            "messages that are not where their room looks for them"),
        ("SELECT count(*) FROM room WHERE key IS NULL",
            "rooms that are found by no name"),
        ("SELECT count(*) FROM place LEFT JOIN message ON message.id = place.message WHERE message.id IS NULL",
            "places without a message"),
    ];

    /// <summary>One sentence for each thing that is wrong with the tables; none for sound ones. Reads only.</summary>
    public static IEnumerable<string> Tables(Database database)
    {
        using var rows = database.Prepare("PRAGMA integrity_check(20)");
        var sound = true;
        while (rows.Step())
        {
            var line = rows.Text(0);
            if (line != "ok")
            {
                sound = false;
                yield return line;
            }
        }

        foreach (var (question, problem) in sound ? Rules : [])
        {
            var count = database.Number(question);
            if (count > 0)
            {
                yield return $"{count} {problem}";
            }
        }
    }

    /// <summary>Returns the number of messages whose time lies ahead of the clock by more than a clock may be wrong.</summary>
    public static long CountFuture(Database database, DateTimeOffset now)
    {
        using var count = database.Prepare("SELECT count(*) FROM message WHERE time > ?");
        count.Bind(1, StoredTime.Of(now + HistoryBounds.MaxAhead)).TryNumber(out var future);
        return future;
    }

    /// <summary>Gives messages of a time that is yet to come the present one. Nobody else can write meanwhile.</summary>
    public static void MendTimes(Database database, DateTimeOffset now)
    {
        using var transaction = new Transaction(database);
        using (var unsort = database.Prepare("INSERT OR REPLACE INTO unsorted (room, next) SELECT DISTINCT room, 0 FROM message WHERE time > ?"))
        {
            unsort.Bind(1, StoredTime.Of(now + HistoryBounds.MaxAhead)).Run();
        }

        using (var mend = database.Prepare("UPDATE message SET time = ?1 WHERE time > ?2"))
        {
            mend.Bind(1, StoredTime.Of(now)).Bind(2, StoredTime.Of(now + HistoryBounds.MaxAhead)).Run();
        }

        database.Execute(
            """
            UPDATE progress SET last_time = ifnull((SELECT max(time) FROM message), 0);
            UPDATE room SET last_time = (SELECT time FROM message WHERE id = last_message) WHERE last_message IN (SELECT id FROM message);
            """);
        transaction.Commit();
    }

    /// <summary>Returns the fault of the search index, or null if it has none; nobody else can write meanwhile.</summary>
    public static string? Index(Database database)
    {
        try
        {
            // Rank 1: not only whether it is sound in itself, but also whether it has the words of the messages.
            database.Execute("INSERT INTO message_index (message_index, rank) VALUES ('integrity-check', 1)");
            return null;
        }
        catch (HistoryException e)
        {
            database.RollBack();
            return e.Message;
        }
    }

    /// <summary>Makes the search index anew from the messages. Nobody else can write meanwhile.</summary>
    public static void RebuildIndex(Database database)
    {
        using var transaction = new Transaction(database);
        database.Execute("UPDATE progress SET reindex_end = 0, reindexed = 0; INSERT INTO message_index (message_index) VALUES ('rebuild')");
        transaction.Commit();
    }
}
