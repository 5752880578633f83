using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Storage.Sqlite.Accounts;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite;

/// <summary>Registered rooms in the file of accounts, over a connection of its own.</summary>
/// <remarks>A change survives the end of the machine (<c>synchronous = FULL</c>), as far as its disk is honest.</remarks>
public sealed class SqliteRoomRegistry : IRoomRegistry
{
    // Everything that is said waits behind a change, so a program that holds the file for long has the change refused.
    private static readonly TimeSpan DefaultBusyTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Database _database;
    private readonly RoomTable _rooms;
    private IReadOnlyList<RegisteredRoom>? _loaded;
    private bool _isDisposed;

    private SqliteRoomRegistry(Database database)
    {
        _database = database;
        _rooms = new RoomTable(database);
        _loaded = _rooms.Load();
    }

    /// <inheritdoc/>
    public bool IsInMemory => false;

    /// <summary>Opens the registered rooms in a directory with accounts, for the server that has those open.</summary>
    /// <exception cref="RoomRegistryException">The file cannot be opened, is damaged, somebody else's, or of a newer Parley.</exception>
    public static SqliteRoomRegistry Open(string directory) => Open(directory, DefaultBusyTimeout);

    /// <inheritdoc/>
    public IReadOnlyList<RegisteredRoom> Load() => Run(() =>
    {
        // The first time, those that were read to see that they can be.
        var loaded = _loaded ?? _rooms.Load();
        _loaded = null;
        return loaded;
    });

    /// <inheritdoc/>
    public void Save(RegisteredRoom room) => Run(() => _rooms.Save(room));

    /// <inheritdoc/>
    public void Remove(RoomLife room) => Run(() => _rooms.Remove(room));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _database.Dispose();
            }
        }
    }

    /// <summary>Opens with a timeout of a test's own.</summary>
    internal static SqliteRoomRegistry Open(string directory, TimeSpan busyTimeout)
    {
        Database? database = null;
        try
        {
            database = AccountFile.Open(directory, busyTimeout);
            return new SqliteRoomRegistry(database);
        }
        catch (AccountStoreException e)
        {
            database?.Dispose();
            throw new RoomRegistryException(e.Message, e);
        }
    }

    private void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    private T Run<T>(Func<T> action)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                _database.MustBeThere();
                return action();
            }
            catch (AccountStoreException e)
            {
                throw new RoomRegistryException(e.Message, e);
            }
        }
    }
}
