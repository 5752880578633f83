using Parley.Core.Events;

namespace Parley.Core.Rooms;

/// <summary>Registered rooms that are gone when the process ends.</summary>
public sealed class MemoryRoomRegistry : IRoomRegistry
{
    // A leaf: nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly Dictionary<RoomLife, RegisteredRoom> _rooms = [];

    /// <inheritdoc/>
    public bool IsInMemory => true;

    /// <inheritdoc/>
    public IReadOnlyList<RegisteredRoom> Load()
    {
        lock (_gate)
        {
            return [.. _rooms.Values.OrderBy(room => room.Name)];
        }
    }

    /// <inheritdoc/>
    public void Save(RegisteredRoom room)
    {
        lock (_gate)
        {
            _rooms[room.Life] = room;
        }
    }

    /// <inheritdoc/>
    public void Remove(RoomLife room)
    {
        lock (_gate)
        {
            _rooms.Remove(room);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
