using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A member has another profile; a session that shares several rooms with it sees it once.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="NewProfile">The profile from here on; the old one is the actor's.</param>
public sealed record UserUpdated(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, UserProfile NewProfile)
    : RoomEvent(Room, Number, Time, Actor);
