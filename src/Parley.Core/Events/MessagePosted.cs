using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A member said something to its room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Sequence">The event's number in the room.</param>
/// <param name="Time">When the broker accepted it, UTC.</param>
/// <param name="Actor">The author.</param>
/// <param name="Draft">What it said.</param>
/// <param name="Number">Its number in the room's history, which also outlives the room; 0 if it is not kept.</param>
public sealed record MessagePosted(
    RoomName Room,
    long Sequence,
    DateTimeOffset Time,
    Actor Actor,
    MessageDraft Draft,
    long Number = 0) : RoomEvent(Room, Sequence, Time, Actor)
{
    /// <summary>How it is meant to be read.</summary>
    public MessageKind Kind => Draft.Kind;

    /// <summary>Valid UTF-8; MUST NOT be changed.</summary>
    public ReadOnlyMemory<byte> Text => Draft.Text;
}
