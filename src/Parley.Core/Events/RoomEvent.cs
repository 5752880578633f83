using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>An event in a room. A room's state is the fold of its events in the order of their numbers.</summary>
/// <param name="Room">The room, as spelled by its creator; empty for an event that a user's own sessions are told outside of any room.</param>
/// <param name="Number">
/// One more than that of the event before, also across restarts. Where history is kept, only what it keeps takes a number, and
/// any other event carries that of the event before it. 0 outside of any room.
/// </param>
/// <param name="Time">When it was decided, UTC.</param>
/// <param name="Actor">The user who caused it.</param>
public abstract record RoomEvent(RoomName Room, long Number, DateTimeOffset Time, Actor Actor)
{
    private long _number = Number;
    private bool _isKept;
    private RoomLife _life;

    /// <inheritdoc cref="RoomEvent(RoomName, long, DateTimeOffset, Actor)" path="/param[@name='Number']"/>
    public long Number { get => _number; init => _number = value; }

    /// <summary>True if history keeps it under its number.</summary>
    public bool IsKept { get => _isKept; init => _isKept = value; }

    /// <summary>The life of the room that it is kept with, if the room keeps people out.</summary>
    public RoomLife Life { get => _life; init => _life = value; }

    /// <summary>Gives the event its number, once, before anybody else has it: a copy for that would be one for each arrival.</summary>
    internal void Take(long number, bool isKept, RoomLife life) => (_number, _isKept, _life) = (number, isKept, life);
}
