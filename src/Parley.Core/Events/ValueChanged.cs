using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A room, or a user, has another value under a key.</summary>
/// <param name="Room">The room; empty if it is about the one who did it.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Key">What it is a value of.</param>
/// <param name="Value">The value from here on; null for none.</param>
public sealed record ValueChanged(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, string Key, string? Value)
    : RoomEvent(Room, Number, Time, Actor);
