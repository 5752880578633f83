using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;
using Parley.Storage.Sqlite.Writing;

namespace Parley.Storage.Sqlite.Admin;

/// <summary>Removes what one person wrote, so that nothing of it is left in the file.</summary>
internal static class HistoryForget
{
    private const int PieceMessages = 250;

    // Pages of the index that are merged at a time: some milliseconds, in which a server waits.
    private const int MergePages = 100;

    /// <summary>Removes the messages of an author, in rooms and direct; the result is how many.</summary>
    public static long Author(Database database, UserName author, Action<FileId, Identity>? removeFile)
    {
        database.Execute("PRAGMA secure_delete = ON");
        using var remover = new MessageRemover(database);
        using var rows = database.Prepare(
            $"SELECT id, room, number, text, author_id FROM message WHERE (author = ?1 OR name_key(author) = ?3) AND kind <> 24 AND id > ?2 ORDER BY id LIMIT {PieceMessages}");
        long removed = 0;
        var piece = new List<(long Id, long Key)>();
        var files = new List<(FileId File, Identity Author)>();
        do
        {
            rows.Bind(1, author.Value).Bind(2, piece.Count == 0 ? 0 : piece[^1].Id).Bind(3, author.Key);
            piece.Clear();
            files.Clear();
            while (rows.Step())
            {
                piece.Add((rows.Number(0), MessageKey.Of(rows.Number(1), rows.Number(2))));
                var writer = Identity.Restore(rows.Number(4));
                if (removeFile is not null && !writer.IsUnknown)
                {
                    files.AddRange(FileLinks.In(rows.Bytes(3)).Select(file => (file, writer)));
                }
            }

            // First: where that fails, the messages are there still to say which files.
            files.ForEach(file => removeFile!(file.File, file.Author));

            using var transaction = new Transaction(database);
            foreach (var (id, key) in piece)
            {
                remover.Remove(key, id);
            }

            transaction.Commit();
            removed += piece.Count;
        }
        while (piece.Count == PieceMessages);

        if (Unname(database, author) || removed > 0)
        {
            PurgeIndex(database);
        }

        return removed;
    }

    /// <summary>A room keeps its former names, by which its messages are known, and forgets who renamed it.</summary>
    private static bool Unname(Database database, UserName author)
    {
        using var unname = database.Prepare(
            """
            UPDATE message SET author = 'Guest', origin = NULL, account = NULL, author_id = NULL
            WHERE kind = 24 AND (author = ?1 OR name_key(author) = ?2) AND name_key(author) <> 'guest'
            """);
        var before = database.TotalChanges;
        unname.Bind(1, author.Value).Bind(2, author.Key).Run();
        return database.TotalChanges > before;
    }

    // The index only notes that words are gone, until it merges its segments: https://www.sqlite.org/fts5.html#the_merge_command.
    private static void PurgeIndex(Database database)
    {
        using var merge = database.Prepare("INSERT INTO message_index (message_index, rank) VALUES ('merge', ?)");
        merge.Bind(1, -MergePages).Run();
        int before;
        do
        {
            before = database.TotalChanges;
            merge.Bind(1, MergePages).Run();
        }
        while (database.TotalChanges - before >= 2);

        // What was removed is in the log of recent writes, too. Readers may keep that from being cut off: then it goes later.
        database.Number("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}
