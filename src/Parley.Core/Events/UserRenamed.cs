using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A member took another name; a session that shares several rooms with it sees it once.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">The member, under its old name.</param>
/// <param name="NewName">The name from here on.</param>
public sealed record UserRenamed(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, UserName NewName)
    : RoomEvent(Room, Number, Time, Actor);
