using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A member asked somebody in.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Invited">Who was asked.</param>
/// <param name="Admits">Whether that lets it in whatever the room's modes are: an operator has asked.</param>
public sealed record UserInvited(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, Actor Invited, bool Admits)
    : RoomEvent(Room, Number, Time, Actor);
