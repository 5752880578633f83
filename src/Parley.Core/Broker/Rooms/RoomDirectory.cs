using System.Collections.Concurrent;
using System.IO.Pipelines;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Rooms;

/// <summary>The rooms there are, by name.</summary>
internal sealed class RoomDirectory(
    TimeProvider time, PipeScheduler flushes, IMessageObserver? observer = null, Lane? lane = null, bool onlyAscii = false, IRoomRegistry? registry = null)
{
    private readonly ConcurrentDictionary<RoomName, Room> _rooms = new();
    private readonly NameIndex<RoomName> _order = new();

    public int Count => _rooms.Count;

    /// <summary>Reason why no room may have a name; null if one may.</summary>
    public Verdict? Refusal(RoomName name) => onlyAscii && !name.IsAscii ? Verdict.NameNotAscii : null;

    /// <summary>The room of that name, made if there is none. It may close at any time: whoever wants in asks the room.</summary>
    public Room GetOrAdd(RoomName name)
    {
        if (_rooms.TryGetValue(name, out var found))
        {
            return found;
        }

        found = _rooms.GetOrAdd(name, static (name, directory) => directory.Create(name), this);
        Changed(name);
        return found;
    }

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

        Changed(newName);
        return true;
    }

    /// <summary>Has a room be found under a name no more; another one of that name stays.</summary>
    public void Remove(RoomName name, Room room)
    {
        if (_rooms.TryRemove(KeyValuePair.Create(name, room)))
        {
            Changed(name);
        }
    }

    public bool TryGet(RoomName name, out Room room)
    {
        var found = _rooms.TryGetValue(name, out var value);
        room = value!;
        return found;
    }

    /// <summary>About how many there are, counted without keeping anybody waiting.</summary>
    public int Estimate() => _rooms.Sum(static _ => 1);

    /// <summary>All of them, without keeping anybody waiting, for what has to look at each. What is asked by strangers goes by <see cref="After"/>.</summary>
    public IEnumerable<Room> All() => _rooms.Select(static named => named.Value);

    /// <summary>The names behind one, in their order.</summary>
    /// <param name="after">The name before the first; <c>default</c> for the beginning.</param>
    /// <param name="limit">The most of them.</param>
    public IReadOnlyList<RoomName> After(RoomName after, int limit) => _order.After(after, limit, _rooms);

    /// <summary>Brings back a registered room. Before anybody comes.</summary>
    public void Restore(RegisteredRoom kept)
    {
        _rooms[kept.Name] = new Room(RoomState.Restore(kept), kept.Life, flushes, observer, lane, registry);
        Changed(kept.Name);
    }

    /// <summary>Brings back a room with its members, in place of a registered one that has come back without. Before anybody comes.</summary>
    public Room Restore(RoomSnapshot snapshot)
    {
        var room = _rooms[snapshot.Name] = new Room(RoomState.Restore(snapshot), snapshot.Life, flushes, observer, lane, registry);
        Changed(snapshot.Name);
        return room;
    }

    /// <summary>The room of that name, made as it was at a node, without members, if there is none.</summary>
    public Room Adopt(RoomSnapshot snapshot)
    {
        while (true)
        {
            var found = _rooms.GetOrAdd(
                snapshot.Name, _ => new Room(RoomState.Restore(snapshot with { Members = [] }), snapshot.Life, flushes, observer, lane, registry));
            if (!found.IsClosed)
            {
                Changed(snapshot.Name);
                return found;
            }

            Remove(snapshot.Name, found);
        }
    }

    private void Changed(RoomName name) => _order.Changed(name, _rooms);

    private Room Create(RoomName name) => new(new RoomState(name, time.GetUtcNow()), RoomLife.Begin(), flushes, observer, lane, registry);
}
