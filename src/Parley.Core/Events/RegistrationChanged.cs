using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A room was registered, is registered no more, or has another founder or other roles.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Registration">The registration from here on; null for none.</param>
/// <param name="Changes">The modes and ranks that change with it, in this order; may be none.</param>
public sealed record RegistrationChanged(
    RoomName Room, long Number, DateTimeOffset Time, Actor Actor, RoomRegistration? Registration, IReadOnlyList<RoomModeChange> Changes)
    : RoomEvent(Room, Number, Time, Actor);
