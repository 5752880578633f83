using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>An operator put a member out of the room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Member">Who had to go.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record MemberKicked(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, Actor Member, string Reason)
    : RoomEvent(Room, Number, Time, Actor);
