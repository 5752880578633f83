using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A user became a member of the room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">The new member.</param>
/// <param name="Rank">What it is there; the first person in a room is its operator.</param>
public sealed record UserJoined(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, MemberRank Rank = MemberRank.None)
    : RoomEvent(Room, Number, Time, Actor);
