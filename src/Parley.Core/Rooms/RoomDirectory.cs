using System.Collections.Concurrent;
using System.IO.Pipelines;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>The rooms there are, by name without case.</summary>
internal sealed class RoomDirectory(TimeProvider time, PipeScheduler flushes)
{
    private readonly ConcurrentDictionary<RoomName, Room> _rooms = new();

    /// <summary>Is told what happens in the rooms; set before there is one.</summary>
    public IEventJournal? Journal { get; set; }

    /// <summary>The room of that name, made if there is none. It may close at any time: whoever wants in asks the room.</summary>
    public Room GetOrAdd(RoomName name) => _rooms.GetOrAdd(
        name,
        static (name, its) => new Room(name, its.time.GetUtcNow(), its.flushes) { Journal = its.Journal },
        (time, flushes, Journal));

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

    public IEnumerable<Room> All() => _rooms.Values;
}
