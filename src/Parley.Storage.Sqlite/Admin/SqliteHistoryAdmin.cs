using Parley.Core.Accounts;
using Parley.Core.Files;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Reading;
using Parley.Storage.Sqlite.Schema;
using Parley.Storage.Sqlite.Writing;

namespace Parley.Storage.Sqlite.Admin;

/// <summary>An operator's access to a history, whether a server is using it or not; not for two threads at a time.</summary>
/// <remarks>Everything here blocks. A server waits at most some milliseconds for it, unless it is said otherwise.</remarks>
public sealed class SqliteHistoryAdmin : IHistoryArchive
{
    private const int ImportBatch = 1_000;

    // 1 MiB: on a full disk, the log stays far below the reserve.
    private const int ShortLogPages = 256;

    // A server writes all the time: it is polite to wait for it longer than it would.
    private static readonly SqliteHistoryOptions Options = new() { BusyTimeout = TimeSpan.FromSeconds(10) };

    private readonly string _directory;
    private readonly Database _database;

    private SqliteHistoryAdmin(string directory, Database database)
    {
        _directory = directory;
        _database = database;
    }

    /// <summary>Opens the history in a directory, which must be there.</summary>
    /// <exception cref="HistoryException">There is none, or it cannot be used. All methods throw it, too.</exception>
    public static SqliteHistoryAdmin Open(string directory) => new(directory, HistoryFile.Open(directory, Options));

    /// <summary>The same, on a full disk too: <see cref="Prune"/> gives up what the server holds in reserve if it takes that.</summary>
    public static SqliteHistoryAdmin OpenToPrune(string directory)
    {
        try
        {
            return Open(directory);
        }
        catch (HistoryException e) when (SqliteFailure.IsFull(e))
        {
            GiveUpReserve(directory, e);
            return new(directory, HistoryFile.Open(directory, Options)) { HasGivenUpReserve = true };
        }
    }

    /// <summary>True if the disk was full, and pruning has given up what was held for that.</summary>
    public bool HasGivenUpReserve { get; private set; }

    /// <summary>Opens the history in a directory, or begins one.</summary>
    public static SqliteHistoryAdmin OpenOrCreate(string directory)
    {
        HistoryFile.CreateForOwner(directory);
        return Open(directory);
    }

    /// <inheritdoc/>
    public string Location => _database.Path;

    /// <summary>Returns the size and contents of the history.</summary>
    public HistoryStats Stats()
    {
        var messages = _database.Number("SELECT count(*) FROM message WHERE kind < 16");
        var directs = _database.Number("SELECT count(*) FROM message WHERE recipient IS NOT NULL");
        return new HistoryStats(
            _database.Path,
            Migrations.CheckedVersionOf(_database),
            SizeOf(_database.Path) + SizeOf(_database.Path + "-wal"),
            _database.Number("SELECT count(*) FROM room WHERE id > 0 AND instr(name, ' ') = 0 AND instr(name, char(10)) = 0"),
            messages - directs,
            directs,
            _database.Number(
                """
                SELECT count(*) FROM message, progress
                WHERE id > placed OR (id <= reindex_end AND room << 36 | number > reindexed)
                """),
            messages == 0 ? null : StoredTime.ToTime(_database.Number("SELECT min(time) FROM message WHERE kind < 16")),
            messages == 0 ? null : StoredTime.ToTime(_database.Number("SELECT max(time) FROM message WHERE kind < 16")),
            IsInUse());
    }

    /// <summary>All messages, in the order in which they were written, read as they are asked for.</summary>
    /// <param name="room">Only this room's; empty for all rooms'.</param>
    /// <param name="withDirects">Whether direct messages are meant, too.</param>
    public IEnumerable<HistoryEntry> Export(RoomName room = default, bool withDirects = false) =>
        HistoryExport.Read(_database, room, withDirects);

    /// <summary>Adds messages that are not there yet, by room and number. While a server runs, only up to its last numbers.</summary>
    /// <param name="entries">The messages.</param>
    /// <param name="now">The time, UTC: none may be of a later one.</param>
    public ImportResult Import(IEnumerable<HistoryEntry> entries, DateTimeOffset now)
    {
        using var held = DirectoryLock.TryTake(_directory, FileKind.History);
        using var placer = new MessagePlacer(_database, new RecentMessages());
        using var import = new HistoryImport(_database, placer, inUse: held is null, now);
        long seen = 0;
        long added = 0;
        foreach (var batch in entries.Chunk(ImportBatch))
        {
            added += import.Add(batch);
            seen += batch.Length;
        }

        import.Finish();
        return new ImportResult(added, seen - added);
    }

    /// <inheritdoc/>
    public IReadOnlyList<LastNumber> LastNumbers()
    {
        using var rows = _database.Prepare(
            "SELECT name, last_number FROM room WHERE instr(name, ' ') = 0 AND instr(name, char(10)) = 0 AND last_number > 0 ORDER BY id");
        var numbers = new List<LastNumber>();
        while (rows.Step())
        {
            // Direct messages have an empty name.
            numbers.Add(new LastNumber(RoomName.TryParse(rows.Bytes(0), out var room) ? room : default, rows.Number(1)));
        }

        return numbers;
    }

    /// <inheritdoc/>
    public void RaiseNumbers(IReadOnlyList<LastNumber> numbers)
    {
        // A server that runs gives out the numbers that follow itself.
        using var held = DirectoryLock.TryTake(_directory, FileKind.History);
        if (held is null)
        {
            return;
        }

        using var transaction = new Transaction(_database);
        using var raise = _database.Prepare(
            "INSERT INTO room (name, key, last_number) VALUES (?1, ?3, ?2) ON CONFLICT (key) DO UPDATE SET last_number = max(last_number, ?2)");
        foreach (var (room, number) in numbers)
        {
            raise.Bind(1, room.Value).Bind(2, number).Bind(3, room.Key).Run();
        }

        transaction.Commit();
    }

    /// <summary>Messages of a room by words; see <see cref="Core.History.IHistoryStore.SearchAsync"/>.</summary>
    public SearchPage Search(HistorySearch search)
    {
        using var reader = new HistoryReader(
            Database.Open(_database.Path, readOnly: true, Options.BusyTimeout), RecentMessages.Load(_database));
        return reader.Search(search);
    }

    /// <summary>Removes what is past a retention; the result is how many messages.</summary>
    public long Prune(Retention retention, DateTimeOffset now)
    {
        using var placer = new MessagePlacer(_database, new RecentMessages());
        using var sweep = new RetentionSweep(_database, savesTime: false);
        try
        {
            PruneAll(placer, sweep, retention, now);
        }
        catch (HistoryException e) when (SqliteFailure.IsFull(e))
        {
            if (HasGivenUpReserve)
            {
                throw NoRoomToPrune(_directory, e);
            }

            GiveUpReserve(_directory, e);
            HasGivenUpReserve = true;
            _database.Execute($"PRAGMA wal_autocheckpoint = {ShortLogPages}");
            _database.Number("PRAGMA wal_checkpoint(TRUNCATE)");
            PruneAll(placer, sweep, retention, now);
        }

        return sweep.Removed;
    }

    /// <summary>Removes what one person wrote, in rooms and direct; the result is how many messages.</summary>
    /// <param name="author">The name that all of it was written under.</param>
    /// <param name="removeFile">Removes a file that a message links to, if it is that of the message's author, before the message goes.</param>
    public long Forget(UserName author, Action<FileId, Identity>? removeFile = null) => HistoryForget.Author(_database, author, removeFile);

    /// <summary>Copies one state of the history to a file that is not there yet. A server goes on meanwhile.</summary>
    public void Backup(string file)
    {
        if (File.Exists(file))
        {
            throw new HistoryException($"{file} is there already: name another file, or remove it");
        }

        var partial = file + ".partial";
        try
        {
            File.Delete(partial);
            DataFile.CreatePrivate(partial).Dispose();
            using (var copy = _database.Prepare("VACUUM INTO ?"))
            {
                copy.Bind(1, partial).Run();
            }

            using (var written = new FileStream(partial, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(partial, file);
        }
        catch (Exception e)
        {
            DeleteIfPossible(partial);
            throw SqliteFailure.IsFull(e) ? new HistoryException($"{file} cannot be written: there is no room on its disk", e)
                : e is IOException or UnauthorizedAccessException ? new HistoryException($"{file} cannot be written: {e.Message}", e)
                : e;
        }
    }

    /// <summary>Looks for damage. The search index is only looked at, and anything only mended, if no server is running.</summary>
    /// <param name="repair">Whether to make the search index anew if it is damaged, and to mend times that are yet to come.</param>
    /// <param name="now">The time, UTC.</param>
    public CheckResult Check(bool repair, DateTimeOffset now)
    {
        using var held = DirectoryLock.TryTake(_directory, FileKind.History);
        var problems = HistoryCheck.Tables(_database).ToList();
        var future = HistoryCheck.CountFuture(_database, now);
        var mended = held is not null && repair && problems.Count == 0 ? future : 0;
        if (mended > 0)
        {
            HistoryCheck.MendTimes(_database, now);
        }
        else if (future > 0)
        {
            problems.Add($"{Counted.Of(future, "message")} of a time that is yet to come, which all that is said now will have too");
        }

        if (held is null)
        {
            return new CheckResult(problems, IndexChecked: false, IndexRebuilt: false);
        }

        var index = HistoryCheck.Index(_database);
        if (index is not null && repair && problems.Count == 0)
        {
            HistoryCheck.RebuildIndex(_database);
            return new CheckResult(problems, IndexChecked: true, IndexRebuilt: true, mended);
        }

        return new CheckResult(index is null ? problems : [.. problems, index], IndexChecked: true, IndexRebuilt: false, mended);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _database.Dispose();

    private static void DeleteIfPossible(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What has failed is told.
        }
    }

    private static void PruneAll(MessagePlacer placer, RetentionSweep sweep, Retention retention, DateTimeOffset now)
    {
        while (placer.Step().Count > 0)
        {
        }

        while (sweep.Step(retention, now))
        {
        }
    }

    private static void GiveUpReserve(string directory, HistoryException full)
    {
        if (!DiskReserve.GiveUp(directory))
        {
            throw NoRoomToPrune(directory, full);
        }
    }

    private static HistoryException NoRoomToPrune(string directory, HistoryException full) => new(
        $"Removing messages needs some room itself, and the disk of {directory} has none: free {DiskReserve.DefaultBytes >> 20} MiB there, then prune", full);

    // Not for longer than to see: a server that starts in this moment would take it for another server.
    private bool IsInUse()
    {
        using var held = DirectoryLock.TryTake(_directory, FileKind.History);
        return held is null;
    }

    private static long SizeOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
