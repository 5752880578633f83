using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Intentions;

/// <summary>Says something in a room. Completes when the room can take more: a sender that is faster than its room waits.</summary>
/// <param name="Room">A room that the session follows, or one that lets others speak.</param>
/// <param name="Draft">The message.</param>
public sealed record Post(RoomName Room, MessageDraft Draft) : Intention
{
    /// <summary>
    /// True to complete when the message is shown, or refused because it could not be kept. The session may hand in its next intention
    /// without waiting for that.
    /// </summary>
    public bool IsAwaited { get; init; }
}

/// <summary>
/// Sends a message to users, each once however often it is named. All direct messages have one order: two recipients of the same
/// two messages get them the same way round.
/// </summary>
/// <param name="Recipients">The users.</param>
/// <param name="Draft">The message.</param>
public sealed record SendDirect(IReadOnlyList<UserName> Recipients, MessageDraft Draft) : Intention;

/// <summary>
/// Takes a message in a room away: its text is kept no more, and those who were shown it are told. Its author may, within a time, and
/// operators of the room and of the server.
/// </summary>
/// <param name="Room">The room.</param>
/// <param name="Number">The message's number in the room's history.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record Redact(RoomName Room, long Number, string Reason = "") : Intention
{
    /// <summary>Name that the room had when the message was said; empty if that is not known. There is no such message if it had another.</summary>
    public RoomName SaidIn { get; init; }
}

/// <summary>Takes a direct message away. Its author may, within a time.</summary>
/// <param name="Other">The recipient.</param>
/// <param name="Number">The message's number among the direct ones in history.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record RedactDirect(UserName Other, long Number, string Reason = "") : Intention;

/// <summary>Tells all sessions that want to hear it something about the server.</summary>
/// <param name="Text">Valid UTF-8.</param>
public sealed record SendWallops(ReadOnlyMemory<byte> Text) : Intention;
