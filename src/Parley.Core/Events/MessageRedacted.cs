using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A message was taken back.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When the broker decided it, UTC.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Message">The number of the message.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record MessageRedacted(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, long Message, string Reason)
    : RoomEvent(Room, Number, Time, Actor)
{
    /// <summary>Name that the room had when the message was said: part of the id by which clients know it.</summary>
    public required RoomName SaidIn { get; init; }
}
