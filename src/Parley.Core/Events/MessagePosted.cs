using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>How a message is meant to be read.</summary>
public enum MessageKind
{
    /// <summary>Something said: <c>Name: text</c>.</summary>
    Text,

    /// <summary>Something done: <c>* Name waves</c>.</summary>
    Action,
}

/// <summary>A member said something to its room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Sequence">The event's number in the room.</param>
/// <param name="Time">When the broker accepted it, UTC.</param>
/// <param name="Actor">The author.</param>
/// <param name="Kind">Said or done.</param>
/// <param name="Text">Valid UTF-8 without line breaks; MUST NOT be changed afterwards.</param>
/// <param name="Number">Its number in the room's history, which also outlives the room; 0 if it is not kept.</param>
public sealed record MessagePosted(
    RoomName Room,
    long Sequence,
    DateTimeOffset Time,
    Actor Actor,
    MessageKind Kind,
    ReadOnlyMemory<byte> Text,
    long Number = 0) : RoomEvent(Room, Sequence, Time, Actor);
