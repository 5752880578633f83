using Parley.Core.Names;

namespace Parley.Core.Events;

/// <summary>A message to a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The event's number in the room.</param>
/// <param name="Time">When it was accepted, UTC.</param>
/// <param name="Actor">The author.</param>
/// <param name="Draft">What it said.</param>
public sealed record MessagePosted(RoomName Room, long Number, DateTimeOffset Time, Actor Actor, MessageDraft Draft)
    : RoomEvent(Room, Number, Time, Actor)
{
    /// <summary>Name that the room had when it was said, if it has another by now; empty if not.</summary>
    public RoomName FormerRoom { get; init; }

    /// <summary>Kind of the message, which says how to read it.</summary>
    public MessageKind Kind => Draft.Kind;

    /// <summary>Valid UTF-8; MUST NOT be changed.</summary>
    public ReadOnlyMemory<byte> Text => Draft.Text;
}
