using Npgsql;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Reading;
using Parley.Storage.PostgreSql.Schema;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Storage.PostgreSql;

/// <summary>History in a PostgreSQL database, which one server at a time writes to; of a cluster, the home of one term at a time.</summary>
/// <remarks>What was appended survives the end of the machine as far as the database's <c>synchronous_commit</c> says.</remarks>
public sealed class PostgreSqlHistoryStore : IHistoryStore, ISharedHistory
{
    private readonly DatabaseAddress _address;
    private readonly WriteFence? _fence;
    private readonly NpgsqlDataSource _database;
    private readonly BatchWriter _writer = new();
    private readonly RetentionSweep _sweep = new();
    private readonly HistoryReader _reader;
    private NpgsqlConnection? _connection;
    private PostgreSqlWriterLock? _lock;
    private DoubtfulBatch? _doubtful;

    private PostgreSqlHistoryStore(DatabaseAddress address, WriteFence? fence)
    {
        _address = address;
        _fence = fence;
        _database = NpgsqlDataSource.Create(address.ConnectionString);
        _reader = new HistoryReader(_database);
    }

    /// <inheritdoc/>
    public string Location => _address.ToString();

    /// <inheritdoc/>
    public DateTimeOffset? TidiedUntil => _sweep.TidiedUntil ?? Run(connection =>
    {
        _sweep.Load(connection);
        return _sweep.TidiedUntil;
    });

    /// <summary>Opens the history in a database, or begins one in it.</summary>
    /// <exception cref="HistoryException">It cannot be reached or used, another server uses it, or it is of a newer Parley.</exception>
    /// <param name="address">The database.</param>
    /// <param name="fence">For a node of a cluster the term that it writes under: others may have it open, too. Null for one server alone.</param>
    public static PostgreSqlHistoryStore Open(DatabaseAddress address, WriteFence? fence = null)
    {
        var store = new PostgreSqlHistoryStore(address, fence);
        try
        {
            store.Run(connection =>
            {
                Migrations.Apply(connection);
                return true;
            });
            store.RefuseWithoutTimeLeft();
            return store;
        }
        catch
        {
            store.Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<HistoryEntry> batch)
    {
        if (_doubtful is { } doubtful && IsKept(doubtful))
        {
            batch = doubtful.RestOf(batch);
        }

        if (batch.IsEmpty)
        {
            return;
        }

        var connection = Connected();
        var process = connection.ProcessID;
        try
        {
            _sweep.Add(_writer.Append(connection, batch, _fence));
        }
        catch (Exception e) when (e is not (ArgumentException or HistoryException))
        {
            // Not only what Npgsql says: of a session that the database ends within a transaction it may throw anything.
            var failure = Failed(e);
            if (_writer.DoubtfulCommit is not { } commit)
            {
                throw failure;
            }

            _doubtful = new DoubtfulBatch(commit, process, batch.ToArray());
            if (!IsKeptIfKnown(_doubtful))
            {
                throw failure;
            }
        }
        catch (Exception e) when (e is ArgumentException or StaleTermException)
        {
            _writer.ForgetRooms();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Tidy(Retention retention, DateTimeOffset now) => Run(connection =>
    {
        using var transaction = _fence is null ? null : WriteFence.Begin(connection, _fence);
        var isMore = _sweep.Step(connection, retention, now);
        transaction?.Commit();
        return isMore;
    });

    /// <inheritdoc/>
    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.LastNumberAsync(room, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FormerName>> FormerNamesAsync(RoomName room, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.FormerNamesAsync(room, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomName>> LaterNamesAsync(RoomName formerName, DateTimeOffset since, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.LaterNamesAsync(formerName, since, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LastTimeAsync(RoomName room, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.LastTimeAsync(room, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.ReadAsync(query, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectAsync(
        DirectReader reader, Correspondent other, HistoryQuery query, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.ReadDirectAsync(reader, other, query, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Conversation>> ListConversationsAsync(
        DirectReader reader, HistoryQuery query, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.ConversationsAsync(reader, query, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<SearchPage> SearchAsync(HistorySearch search, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.SearchAsync(search, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> FindOriginsAsync(IReadOnlyCollection<PostOrigin> origins, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.FindOriginsAsync(origins, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectsAsync(long after, int limit, CancellationToken cancellationToken = default)
        => ReadAsync(() => _reader.ReadDirectsAsync(after, limit, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            // The server may be slower to end its side of the connection than whoever comes next is to ask for the lock.
            Release();
            _connection = null;
            await connection.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    /// <summary>Settles whether a batch is kept.</summary>
    private bool IsKept(DoubtfulBatch batch)
    {
        var isKept = Run(batch.IsKept);
        _doubtful = null;
        return isKept;
    }

    /// <summary>Settles at once whether a batch is kept, if the database can be asked; if not, the next batch does.</summary>
    private bool IsKeptIfKnown(DoubtfulBatch batch)
    {
        try
        {
            return IsKept(batch);
        }
        catch (HistoryException)
        {
            return false;
        }
    }

    private void Release()
    {
        try
        {
            _lock?.Dispose();
        }
        catch (Exception e) when (PostgreSqlFailure.Is(e))
        {
            // The connection is gone, and the lock with it.
        }
    }

    private async ValueTask<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (PostgreSqlFailure.Is(e))
        {
            throw _address.Failure.Of(e);
        }
    }

    private T Run<T>(Func<NpgsqlConnection, T> action)
    {
        var connection = Connected();
        try
        {
            return action(connection);
        }
        catch (Exception e) when (e is not (ArgumentException or HistoryException))
        {
            throw Failed(e);
        }
    }

    /// <summary>The connection that writes, made anew where the last one was lost.</summary>
    private NpgsqlConnection Connected()
    {
        if (_connection is { } open)
        {
            return open;
        }

        var connection = _database.CreateConnection();
        try
        {
            connection.Open();
            _lock = PostgreSqlWriterLock.TryTake(connection, PostgreSqlWriterLock.History, isShared: _fence is not null)
                ?? throw new HistoryException($"Another server keeps its history in {_address}: stop that one, or use another database");

            return _connection = connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw PostgreSqlFailure.Is(e) ? _address.Failure.Of(e) : e;
        }
    }

    /// <summary>Whatever state the connection is in, the next batch is to have a sound one.</summary>
    private HistoryException Failed(Exception cause)
    {
        Close();
        _writer.ForgetRooms();
        return _address.Failure.Of(cause);
    }

    private void Close()
    {
        // Not back into the pool: the lock is the connection's, and goes with it.
        if (_connection is { } connection)
        {
            (_connection, _lock) = (null, null);
            NpgsqlConnection.ClearPool(connection);
            connection.Dispose();
        }
    }

    private void RefuseWithoutTimeLeft()
    {
        var last = Run(connection =>
        {
            using var command = new NpgsqlCommand("SELECT last_time FROM progress", connection);
            return StoredTime.ToTime((long)command.ExecuteScalar()!);
        });
        if (last >= HistoryBounds.MaxTime)
        {
            throw new HistoryException($"{_address} has a message of the year {last.Year}, behind which none can be kept");
        }
    }
}
