using System.Collections.Immutable;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Sessions;

/// <summary>Somebody who is here under a name, on one session or several.</summary>
public sealed class User
{
    private UserName _name;
    private UserProfile _profile;
    private long _lastSpoke;
    private long _version;
    private Session[] _sessions = [];
    private LeftRoom _left;
    private LeftRoom[] _leftBefore = [];
    private ImmutableSortedDictionary<string, string> _values = KeptValues.None;

    internal User(long id, UserName name, UserProfile profile, DateTimeOffset now)
    {
        Id = id;
        _name = name;
        _profile = profile;
        SignedOn = now;
        _lastSpoke = now.UtcTicks;
    }

    /// <summary>Stays the same through renames; no other user has it, also on another server or after a restart.</summary>
    public long Id { get; }

    /// <summary>The name it wears now.</summary>
    public UserName Name => _name;

    /// <summary>Details that others may know of the user beside the name.</summary>
    public UserProfile Profile => Volatile.Read(ref _profile);

    /// <summary>When it came, UTC.</summary>
    public DateTimeOffset SignedOn { get; }

    /// <summary>When it last said something, or came, UTC.</summary>
    public DateTimeOffset LastSpoke => new(Volatile.Read(ref _lastSpoke), TimeSpan.Zero);

    /// <summary>Identities that decide which direct messages the user may be shown, and which messages the user may take back.</summary>
    public DirectReader Reader => new(Identity.OfGuest(Id), Profile.Login);

    /// <summary>The connections it is here on.</summary>
    internal Session[] Sessions => Volatile.Read(ref _sessions);

    /// <summary>Lock tier 1: one user's at a time; whatever is decided about a user is decided under it. Room and outbox gates may be taken inside.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Set once, under <see cref="Gate"/>, when the last session ends.</summary>
    internal bool IsGone { get; set; }

    /// <summary>True if somebody is at one of its sessions.</summary>
    internal bool HasPeople => Array.Exists(Sessions, static session => !session.IsStandIn);

    /// <summary>Completes when everybody is shown that it is gone; null while it is here, and afterwards. Guarded by <see cref="Gate"/>.</summary>
    internal Task? Going { get; set; }

    /// <summary>Completes when its last other name is shown; null if it is. Guarded by <see cref="Gate"/>.</summary>
    internal Task? Renaming { get; set; }

    /// <summary>As it was shown last.</summary>
    internal Actor Actor => new(Id, _name, Profile);

    /// <summary>As it is once everything that was decided about it is shown. Guarded by <see cref="Gate"/>; null: as it is shown.</summary>
    internal Actor? Ahead { get; set; }

    /// <summary>It is shown as it was decided to be; no more was decided since if that is how it is ahead.</summary>
    internal void HasReached(Actor ahead)
    {
        if (Ahead == ahead)
        {
            Ahead = null;
        }
    }

    /// <summary>True if something was decided and is not shown yet that one of its sessions asked for, or that puts one out of a room.</summary>
    internal bool HasInFlight
    {
        get
        {
            foreach (var session in Sessions)
            {
                if (session.HasInFlight || Array.Exists(session.Subscriptions, static place => place.IsLeaving))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The user, as data.</summary>
    internal UserSnapshot ToSnapshot() => new(Id, _name, Profile, SignedOn) { Version = _version, LastSpoke = LastSpoke, Values = Values };

    /// <summary>Takes over what is known of the user elsewhere.</summary>
    internal void Become(UserSnapshot snapshot)
    {
        _name = snapshot.Name;
        _version = snapshot.Version;
        Volatile.Write(ref _profile, snapshot.Profile);
        Volatile.Write(ref _values, KeptValues.None.SetItems(snapshot.Values));
    }

    internal void Rename(UserName name)
    {
        _name = name;
        Changed();
    }

    internal void Update(UserProfile profile)
    {
        Volatile.Write(ref _profile, profile);
        Changed();
    }

    /// <summary>Values that the user has set under keys, in the order of the keys.</summary>
    internal IReadOnlyDictionary<string, string> Values => Volatile.Read(ref _values);

    internal void SetValue(string key, string? value)
    {
        Volatile.Write(ref _values, _values.With(key, value));
        Changed();
    }

    private void Changed()
    {
        _version++;
        foreach (var session in Sessions)
        {
            session.Node?.UserIs(session);
        }
    }

    internal void Spoke(DateTimeOffset now) => Volatile.Write(ref _lastSpoke, now.UtcTicks);

    internal void Add(Session session) => _sessions = SharedArray.With(_sessions, session);

    internal void Remove(Session session) => _sessions = SharedArray.Without(_sessions, session);

    /// <summary>It has left a room, or was put out there, and members may not have been given that yet. Its gate MUST be held.</summary>
    internal void HasLeft(LeftRoom room)
    {
        if (_left.Room is not null)
        {
            _leftBefore = [.. _leftBefore, _left];
        }

        _left = room;
    }

    /// <summary>
    /// Has in their members' outboxes that it has left rooms: whoever shares others with it is shown what it does next behind that. Takes its gate; no
    /// room's may be held.
    /// </summary>
    internal void AdvanceLeft()
    {
        if (_left.Room is null)
        {
            return;
        }

        lock (Gate)
        {
            foreach (var (room, events) in _leftBefore)
            {
                room.AdvanceUpTo(events);
            }

            _left.Room?.AdvanceUpTo(_left.Events);
            (_left, _leftBefore) = (default, []);
        }
    }

    /// <summary>True if some session of the user follows the room.</summary>
    internal bool IsIn(RoomFeed room)
    {
        foreach (var session in Sessions)
        {
            if (session.Find(room) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
