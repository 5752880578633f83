using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>The room goes by another name from here on.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="NewName">The name from here on.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record RoomRenamed(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, RoomName NewName, string Reason)
    : RoomEvent(Room, Number, Time, Actor);
