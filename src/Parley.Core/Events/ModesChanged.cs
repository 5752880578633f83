using Parley.Core.Names;
namespace Parley.Core.Events;

/// <summary>An operator changed how the room works, or what its members may.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Changes">What has changed, in this order; never empty.</param>
public sealed record ModesChanged(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, IReadOnlyList<RoomModeChange> Changes)
    : RoomEvent(Room, Number, Time, Actor);
