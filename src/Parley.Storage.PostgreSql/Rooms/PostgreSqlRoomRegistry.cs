using Npgsql;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Storage.PostgreSql.Rooms;

/// <summary>Registered rooms in a database, over a connection of its own, which is made anew where it was lost.</summary>
/// <remarks>
/// One server at a time keeps rooms here: it remembers what it has kept, and another's change would be lost with its next one. So the
/// connection has a lock, which the nodes of a cluster share: there the fence says who may write.
/// </remarks>
internal sealed class PostgreSqlRoomRegistry(NpgsqlDataSource pool, PostgreSqlFailure failure, WriteFence? fence) : IRoomRegistry
{
    private readonly Lock _gate = new();
    private NpgsqlConnection? _connection;
    private PostgreSqlWriterLock? _lock;
    private bool _isDisposed;

    public bool IsInMemory => false;

    public IReadOnlyList<RegisteredRoom> Load() => Run(connection => RegistrationRows.Load(connection, fence));

    public void Save(RegisteredRoom room) => Run(connection =>
    {
        RegistrationRows.Save(connection, fence, room);
        return true;
    });

    public void Remove(RoomLife room) => Run(connection =>
    {
        RegistrationRows.Remove(connection, fence, room);
        return true;
    });

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Close(isSound: true);
        }
    }

    private T Run<T>(Func<NpgsqlConnection, T> action)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            try
            {
                return action(Connected());
            }
            catch (StaleTermException e)
            {
                throw new RoomRegistryException(e.Message, e);
            }
            catch (Exception e) when (PostgreSqlFailure.Is(e))
            {
                Close(isSound: false);
                throw new RoomRegistryException(failure.Explain(e), e);
            }
        }
    }

    private NpgsqlConnection Connected()
    {
        if (_connection is not null)
        {
            return _connection;
        }

        _connection = pool.OpenConnection();
        _lock = PostgreSqlWriterLock.TryTake(_connection, PostgreSqlWriterLock.Rooms, isShared: fence is not null);
        if (_lock is null)
        {
            Close(isSound: false);
            throw new RoomRegistryException($"Another server keeps its rooms in {failure.Address}: stop that one, or use another database");
        }

        return _connection;
    }

    private void Close(bool isSound)
    {
        if (_connection is not { } connection)
        {
            return;
        }

        var held = _lock;
        (_connection, _lock) = (null, null);
        try
        {
            if (isSound)
            {
                // The database may be slower to end its side of the connection than whoever comes next is to ask for the lock.
                held?.Dispose();
            }
            else
            {
                // Not back into the pool: the lock is the connection's, and goes with it.
                NpgsqlConnection.ClearPool(connection);
            }
        }
        catch (Exception e) when (PostgreSqlFailure.Is(e))
        {
            // The connection is gone, and the lock with it.
        }

        connection.Dispose();
    }
}
