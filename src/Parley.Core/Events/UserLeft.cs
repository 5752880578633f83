using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A member left the room and stays on the server.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">The former member.</param>
/// <param name="Reason">What it said, or what became of it; empty if nothing is known.</param>
public sealed record UserLeft(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, string Reason = "")
    : RoomEvent(Room, Number, Time, Actor);
