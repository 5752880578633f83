using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Reading;
using Parley.Storage.Sqlite.Schema;
using Parley.Storage.Sqlite.Writing;

namespace Parley.Storage.Sqlite;

/// <summary>History in one SQLite file, which one server at a time writes to.</summary>
/// <remarks>
/// What was appended survives the end of the process. It survives that of the machine up to the last checkpoint: commits
/// do not wait for the disk (WAL, <c>synchronous = NORMAL</c>), yet the file is sound after any end.
/// </remarks>
public sealed class SqliteHistoryStore : IHistoryStore, IBoundedHistory
{
    // 24 bytes of memory each, and what a reader copies of one room at most. Tidying up keeps far below it.
    private const int MaxRecent = 200_000;

    private readonly DirectoryLock _lock;
    private readonly Database _database;
    private readonly MessageWriter _writer;
    private readonly RecentMessages _recent;
    private readonly MessagePlacer _placer;
    private readonly RetentionSweep _sweep;
    private readonly IndexRenewal _renewal;
    private readonly SetbackScan _scan;
    private readonly FileBound _bound;
    private readonly FilePresence _presence;
    private readonly LogMover _log;
    private readonly ReaderPool _readers;
    private bool _isDisposed;

    private SqliteHistoryStore(DirectoryLock directoryLock, Database database, SqliteHistoryOptions options)
    {
        _lock = directoryLock;
        _database = database;
        _recent = RecentMessages.Load(database);
        _writer = new MessageWriter(database, _recent);
        _placer = new MessagePlacer(database, _recent);
        _sweep = new RetentionSweep(database, savesTime: true);
        _renewal = new IndexRenewal(database);
        _scan = new SetbackScan(database);
        _bound = new FileBound(database, options.MaxBytes);
        _presence = new FilePresence(database);
        _log = new LogMover(database, options.BusyTimeout);
        _readers = new ReaderPool(database.Path, _recent, options.MaxReaders, options.MaxSearches, options.BusyTimeout);
    }

    /// <inheritdoc/>
    public string Location => _database.Path;

    /// <inheritdoc/>
    public long MaxBytes
    {
        get => _bound.MaxBytes;
        set => _bound.MaxBytes = value;
    }

    /// <summary>Opens the history in a directory, or begins one; both are made where they are missing.</summary>
    /// <exception cref="HistoryException">
    /// The directory cannot be written, another server uses it, or the file is damaged, somebody else's, or of a newer Parley.
    /// </exception>
    public static SqliteHistoryStore Open(string directory, SqliteHistoryOptions options)
    {
        HistoryFile.CreateForOwner(directory);
        var directoryLock = DirectoryLock.Take(directory, FileKind.History);
        Database? database = null;
        try
        {
            database = HistoryFile.Open(directory, options);
            RefuseWithoutTimeLeft(database);
            database.Execute($"PRAGMA wal_autocheckpoint = {LogMover.MostPages}");
            DiskReserve.Take(directory, options.ReserveBytes);
            return new SqliteHistoryStore(directoryLock, database, options);
        }
        catch
        {
            database?.Dispose();
            directoryLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<HistoryEntry> batch)
    {
        _presence.Check();

        // Before the batch: what fails here has kept nothing of it.
        while (_recent.Count > MaxRecent && Place(MaxRecent / 20))
        {
        }

        _bound.ForAppending();
        _writer.Append(batch);
        _placer.Wake();
        _log.HasWritten();
    }

    /// <inheritdoc/>
    public DateTimeOffset? TidiedUntil => _sweep.TidiedUntil;

    /// <inheritdoc/>
    public bool Tidy(Retention retention, DateTimeOffset now)
    {
        _presence.Check();

        // Removing first: in a file that is full, it makes room for the index. Only what is in place is looked through for setbacks.
        _bound.ForTidying();
        var goesOn = _sweep.Step(retention, now) || Place(MessagePlacer.SmallPiece) || _scan.Step() || _renewal.Step();
        _log.HasWritten();
        return goesOn;
    }

    /// <inheritdoc/>
    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(reader => reader.LastNumber(room), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(reader => reader.FormerNames(room), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(reader => reader.LaterNames(formerName, since), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(reader => reader.LastTime(room), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(reader => reader.Read(query), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(history => history.ReadDirect(reader, other, query), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default) =>
        _readers.RunAsync(history => history.Conversations(reader, query), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default) =>
        _readers.SearchAsync(reader => reader.Search(search), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _readers.DisposeAsync();
        await _log.DisposeAsync();
        _bound.Dispose();
        _sweep.Dispose();
        _renewal.Dispose();
        _scan.Dispose();
        _placer.Dispose();
        _writer.Dispose();
        _database.Dispose();
        _lock.Dispose();
    }

    /// <summary>A message that is said has the time of the newest one or a later: such a file could be read, and nobody could come in.</summary>
    private static void RefuseWithoutTimeLeft(Database database)
    {
        var last = StoredTime.ToTime(database.Number("SELECT last_time FROM progress"));
        if (last >= HistoryBounds.MaxTime)
        {
            throw new HistoryException(
                $"{database.Path} has a message of the year {last.Year}, behind which none can be kept: run `parley history check --repair`");
        }
    }

    private bool Place(int messages)
    {
        _bound.ForTidying();
        var rooms = _placer.Step(messages);
        _sweep.Add(rooms);
        return rooms.Count > 0;
    }
}
