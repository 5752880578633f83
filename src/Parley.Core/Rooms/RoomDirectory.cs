using System.Collections.Concurrent;
using System.IO.Pipelines;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Ports;

namespace Parley.Core.Rooms;

/// <summary>The rooms there are, by name without case.</summary>
internal sealed class RoomDirectory(TimeProvider time, PipeScheduler flushes, IMessageObserver? observer = null)
{
    private readonly ConcurrentDictionary<RoomName, Room> _rooms = new();

    /// <summary>Is told what happens in the rooms; set before there is one.</summary>
    public IEventJournal? Journal { get; set; }

    public int Count => _rooms.Count;

    /// <summary>The room of that name, made if there is none. It may close at any time: whoever wants in asks the room.</summary>
    public Room GetOrAdd(RoomName name) =>
        _rooms.GetOrAdd(name, static (name, directory) => directory.Create(name), this);

    /// <summary>Has a room be found under another name too. False if there is a room of that name.</summary>
    public bool TryAdd(RoomName newName, Room room)
    {
        // One that has closed may not have been taken off the list yet.
        while (!_rooms.TryAdd(newName, room))
        {
            if (_rooms.TryGetValue(newName, out var other) && !other.IsClosed)
            {
                return false;
            }

            if (other is not null)
            {
                Remove(newName, other);
            }
        }

        return true;
    }

    /// <summary>Has a room be found under a name no more; another one of that name stays.</summary>
    public void Remove(RoomName name, Room room) => _rooms.TryRemove(KeyValuePair.Create(name, room));

    public bool TryGet(RoomName name, out Room room)
    {
        var found = _rooms.TryGetValue(name, out var value);
        room = value!;
        return found;
    }

    /// <summary>About how many there are, counted without keeping anybody waiting.</summary>
    public int Estimate() => _rooms.Sum(static _ => 1);

    public IEnumerable<Room> All() => _rooms.Values;

    private Room Create(RoomName name) => new(name, time.GetUtcNow(), flushes, observer) { Journal = Journal };
}
