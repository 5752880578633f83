using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Mirror;

/// <summary>
/// Keeps every user under one name in all rooms of a node, and no two under the same, while a home tells of one room after the other: what one of them tells
/// of a name is shown in all that the user is in. To whoever reads IRC, a name is one and the same in all rooms.
/// </summary>
internal sealed class NameChanges
{
    private readonly Dictionary<long, Known> _users = [];
    private readonly Dictionary<UserName, HashSet<long>> _wearers = [];
    private readonly HashSet<MirrorRoom> _told = [];
    private readonly TimeProvider _time;

    // Rooms of which not all that was shown last is with all readers. It goes ahead of what stands in several rooms, which readers have from any of these.
    private readonly HashSet<MirrorRoom> _behind = [];

    /// <summary>Begins before the home tells of the first room.</summary>
    /// <param name="rooms">The rooms, as the node knows them.</param>
    /// <param name="time">The clock.</param>
    public NameChanges(IEnumerable<MirrorRoom> rooms, TimeProvider time)
    {
        _time = time;
        foreach (var room in rooms)
        {
            Add(room, room.Members);
        }
    }

    /// <summary>Has everybody know the members of a room under the names that they have, before it is shown what else has changed there.</summary>
    public void Expect(IReadOnlyList<RoomMember> members)
    {
        var ids = members.Select(member => member.Actor.UserId).ToHashSet();
        foreach (var actor in members.Select(member => member.Actor))
        {
            LoseOthers(actor.Name, ids.Contains);
        }

        // A name is free before another takes it.
        var renamed = members.Select(member => member.Actor).Where(IsUnderAnotherName).ToList();
        while (renamed.Count > 0)
        {
            var next = renamed.FindIndex(actor => !OthersNamed(actor.Name, id => id == actor.UserId).Any());
            var actor = renamed[Math.Max(next, 0)];
            renamed.Remove(actor);
            if (next >= 0)
            {
                Rename(actor, new OncePerSession());
            }
            else
            {
                // They have changed names with each other: the first of them comes back under its own.
                Lose(actor.UserId);
            }
        }
    }

    /// <summary>The home has told of a room, in which something may be on its way to readers.</summary>
    public void HasTold(MirrorRoom room)
    {
        _told.Add(room);
        _behind.Add(room);
        Add(room, room.Members);
    }

    /// <summary>Something happens in a room of which the home has told, and is to be shown in those, too, of which it will.</summary>
    /// <param name="room">The room.</param>
    /// <param name="entry">What happens; it is not shown there yet.</param>
    /// <param name="audience">Who has seen it; null where it stands in one room.</param>
    public void Happens(MirrorRoom room, RoomEvent entry, OncePerSession? audience)
    {
        switch (entry)
        {
            case UserJoined:
                Expect([new RoomMember(entry.Actor, MemberRank.None)]);
                break;
            case UserRenamed { NewName: var name }:
                LoseOthers(name, id => id == entry.Actor.UserId);
                _behind.Add(room);
                Rename(entry.Actor with { Name = name }, audience ?? Beside(room), onlyUntold: true);
                break;
            case UserQuit { Reason: var reason } when _users.Remove(entry.Actor.UserId, out var known):
                _behind.Add(room);
                Advance();
                Forget(entry.Actor.UserId, known);
                foreach (var other in known.Rooms.Where(other => !_told.Contains(other)))
                {
                    other.Quit(entry.Actor.UserId, reason, _time.GetUtcNow(), audience ??= Beside(room));
                    _behind.Add(other);
                }

                break;
        }
    }

    private void Add(MirrorRoom room, IReadOnlyList<RoomMember> members)
    {
        foreach (var actor in members.Select(member => member.Actor))
        {
            if (!_users.TryGetValue(actor.UserId, out var known))
            {
                _users[actor.UserId] = known = new Known([], []);
            }

            known.Rooms.Add(room);
            if (!known.Names.Exists(name => name.IsSpelledLike(actor.Name)))
            {
                known.Names.Add(actor.Name);
                (_wearers.TryGetValue(actor.Name, out var wearers) ? wearers : _wearers[actor.Name] = []).Add(actor.UserId);
            }
        }
    }

    private bool IsUnderAnotherName(Actor actor)
        => _users.TryGetValue(actor.UserId, out var known) && known.Names.Exists(name => !name.IsSpelledLike(actor.Name));

    private IEnumerable<long> OthersNamed(UserName name, Func<long, bool> isMeant)
        => _wearers.TryGetValue(name, out var wearers) ? wearers.Where(id => !isMeant(id)) : [];

    private void LoseOthers(UserName name, Func<long, bool> isMeant)
    {
        foreach (var other in OthersNamed(name, isMeant).ToList())
        {
            Lose(other);
        }
    }

    /// <summary>Removes a user whose name is another's by now; its fate is not known yet.</summary>
    private void Lose(long userId)
    {
        if (_users.Remove(userId, out var known))
        {
            Forget(userId, known);
            foreach (var room in known.Rooms)
            {
                room.Lose(userId, _time.GetUtcNow());
                _behind.Add(room);
            }
        }
    }

    private void Rename(Actor actor, OncePerSession audience, bool onlyUntold = false)
    {
        if (!_users.TryGetValue(actor.UserId, out var known))
        {
            return;
        }

        Advance();
        Forget(actor.UserId, known);
        known.Names.Clear();
        known.Names.Add(actor.Name);
        (_wearers.TryGetValue(actor.Name, out var wearers) ? wearers : _wearers[actor.Name] = []).Add(actor.UserId);
        foreach (var room in known.Rooms.Where(room => !onlyUntold || !_told.Contains(room)))
        {
            room.Rename(actor.UserId, actor.Name, _time.GetUtcNow(), audience);
            _behind.Add(room);
        }
    }

    private void Forget(long userId, Known known)
    {
        foreach (var name in known.Names)
        {
            if (_wearers.TryGetValue(name, out var wearers) && wearers.Remove(userId) && wearers.Count == 0)
            {
                _wearers.Remove(name);
            }
        }
    }

    private void Advance()
    {
        foreach (var room in _behind)
        {
            room.AdvanceAll();
        }

        _behind.Clear();
    }

    /// <summary>Everybody but those who are shown it in a room.</summary>
    private static OncePerSession Beside(MirrorRoom room)
    {
        var audience = new OncePerSession();
        foreach (var session in room.Followers())
        {
            audience.Exclude(session.Outbox);
        }

        return audience;
    }

    /// <summary>A user, as the rooms of the node know it: where, and under which names.</summary>
    private sealed record Known(HashSet<MirrorRoom> Rooms, List<UserName> Names);
}
