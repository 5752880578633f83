using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A member said what the room is about.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Topic">One line of text; empty: nothing any more.</param>
public sealed record TopicChanged(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, string Topic)
    : RoomEvent(Room, Number, Time, Actor);
