using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A message is to be shown no more.</summary>
/// <param name="Room">The room.</param>
/// <param name="Sequence">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Number">Its number in the room's history.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record MessageRedacted(RoomName Room, long Sequence, DateTimeOffset Time, Actor Actor, long Number, string Reason)
    : RoomEvent(Room, Sequence, Time, Actor);
