using System.Collections.Concurrent;
using System.IO.Pipelines;
using Parley.Core.Names;
using Parley.Core.Ports;

namespace Parley.Core.Rooms;

/// <summary>The rooms there are, by name without case.</summary>
internal sealed class RoomDirectory(TimeProvider time, PipeScheduler flushes, IMessageObserver? observer = null)
{
    private readonly ConcurrentDictionary<RoomName, Room> _rooms = new();

    /// <summary>The room of that name, made if there is none. It may close at any time: whoever wants in asks the room.</summary>
    public Room GetOrAdd(RoomName name) =>
        _rooms.GetOrAdd(name, static (name, directory) => directory.Create(name), this);

    /// <summary>Has a room be found under another name too. False if there is a room of that name.</summary>
    public bool TryReserve(RoomName newName, Room room) => _rooms.TryAdd(newName, room);

    /// <summary>Has a room be found under a name no more.</summary>
    public void Remove(RoomName name, Room room) => _rooms.TryRemove(KeyValuePair.Create(name, room));

    public bool TryGet(RoomName name, out Room room)
    {
        var found = _rooms.TryGetValue(name, out var value);
        room = value!;
        return found;
    }

    /// <summary>Takes a closed room off the list; one of the same name that was made since stays.</summary>
    public void Remove(Room room) => _rooms.TryRemove(KeyValuePair.Create(room.Name, room));

    /// <summary>About how many there are, counted without keeping anybody waiting.</summary>
    public int Estimate() => _rooms.Sum(static _ => 1);

    public IEnumerable<Room> All() => _rooms.Values;

    private Room Create(RoomName name) => new(name, time.GetUtcNow(), flushes, observer);
}
