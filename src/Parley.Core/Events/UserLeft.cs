using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A member left the room and stays on the server.</summary>
/// <param name="Room">The room.</param>
/// <param name="Sequence">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">The former member.</param>
public sealed record UserLeft(RoomName Room, long Sequence, DateTimeOffset Time, Actor Actor)
    : RoomEvent(Room, Sequence, Time, Actor);
