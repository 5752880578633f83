using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>An operator took an invitation back that had not been used.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Invited">Who had been asked in, as it was then.</param>
public sealed record InvitationWithdrawn(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, Actor Invited)
    : RoomEvent(Room, Number, Time, Actor);
