using Parley.Core.Names;

namespace Parley.Core.Sessions;

/// <summary>Somebody who is here under a name, on one session or several.</summary>
public sealed class User
{
    private UserName _name;
    private Session[] _sessions = [];

    internal User(long id, UserName name)
    {
        Id = id;
        _name = name;
    }

    /// <summary>Stays the same through renames; unique for as long as the broker lives.</summary>
    public long Id { get; }

    /// <summary>The name it wears now.</summary>
    public UserName Name => _name;

    /// <summary>The connections it is here on.</summary>
    internal Session[] Sessions => Volatile.Read(ref _sessions);

    /// <summary>Lock tier 1: one user's at a time; whatever is decided about a user is decided under it. Room and outbox gates may be taken inside.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Set once, under <see cref="Gate"/>, when the last session ends.</summary>
    internal bool IsGone { get; set; }

    internal Events.Actor Actor => new(Id, _name);

    internal void Rename(UserName name) => _name = name;

    internal void Add(Session session) => _sessions = [.. _sessions, session];

    internal void Remove(Session session) => _sessions = [.. _sessions.Where(other => other != session)];

    /// <summary>Whether some session of the user follows the room.</summary>
    internal bool IsIn(Rooms.Room room) => Sessions.Any(session => session.Find(room.Name) is not null);
}
