using System.Collections.Immutable;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Sessions;

/// <summary>Somebody who is here under a name, on one session or several.</summary>
public sealed class User
{
    private UserName _name;
    private UserProfile _profile;
    private long _lastSpoke;
    private long _namedSince;
    private Session[] _sessions = [];
    private ImmutableSortedDictionary<string, string> _values = KeptValues.None;

    internal User(long id, UserName name, UserProfile profile, DateTimeOffset now)
    {
        Id = id;
        _name = name;
        _profile = profile;
        SignedOn = now;
        _lastSpoke = now.UtcTicks;
        _namedSince = now.UtcTicks;
    }

    /// <summary>Stays the same through renames; unique for as long as the broker lives.</summary>
    public long Id { get; }

    /// <summary>The name it wears now.</summary>
    public UserName Name => _name;

    /// <summary>What others may know of it beside that.</summary>
    public UserProfile Profile => Volatile.Read(ref _profile);

    /// <summary>When it came, UTC.</summary>
    public DateTimeOffset SignedOn { get; }

    /// <summary>When it last said something, or came, UTC.</summary>
    public DateTimeOffset LastSpoke => new(Volatile.Read(ref _lastSpoke), TimeSpan.Zero);

    /// <summary>What it may be shown of direct messages, and take back of what it said.</summary>
    public DirectReader Reader => new(_name, new(Volatile.Read(ref _namedSince), TimeSpan.Zero), Profile.Account);

    /// <summary>The connections it is here on.</summary>
    internal Session[] Sessions => Volatile.Read(ref _sessions);

    /// <summary>Lock tier 1: one user's at a time; whatever is decided about a user is decided under it. Room and outbox gates may be taken inside.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Set once, under <see cref="Gate"/>, when the last session ends.</summary>
    internal bool IsGone { get; set; }

    internal Actor Actor => new(Id, _name, Profile);

    internal void Rename(UserName name) => _name = name;

    /// <summary>What is said from here on is said to and by this one, and to and by nobody else who wore the name before.</summary>
    internal void NameSince(DateTimeOffset time) => Volatile.Write(ref _namedSince, time.UtcTicks);

    internal void Update(UserProfile profile) => Volatile.Write(ref _profile, profile);

    /// <summary>What it has set under keys, in the order of these.</summary>
    internal IReadOnlyDictionary<string, string> Values => Volatile.Read(ref _values);

    internal void SetValue(string key, string? value) => Volatile.Write(ref _values, _values.With(key, value));

    internal void Spoke(DateTimeOffset now) => Volatile.Write(ref _lastSpoke, now.UtcTicks);

    internal void Add(Session session) => _sessions = [.. _sessions, session];

    internal void Remove(Session session) => _sessions = [.. _sessions.Where(other => other != session)];

    /// <summary>Whether some session of the user follows the room.</summary>
    internal bool IsIn(Rooms.Room room) => Sessions.Any(session => session.Find(room) is not null);
}
