using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Delivery;

/// <summary>Something that one session alone is shown, in its place among what its rooms say.</summary>
public abstract record Shown;

/// <summary>The session's own arrival in a room, ahead of anything that is said there.</summary>
/// <param name="Room">State of the room, its new member included; only to be looked at while it is encoded.</param>
/// <param name="Self">The new member.</param>
/// <param name="IsOwn">True if the session has itself made it happen; false if another session of its user has taken it along.</param>
public sealed record Welcome(IRoomView Room, Actor Self, bool IsOwn = true) : Shown;

/// <summary>The session's own message in a room, where this is not what everybody is shown.</summary>
/// <param name="Message">The message.</param>
public sealed record Echo(MessagePosted Message) : Shown;

/// <summary>An event about a user, or in a room, that the session is told of by itself.</summary>
/// <param name="Entry">The event; of no room if it is about the session's own user, or one that it watches.</param>
/// <param name="IsOwn">True if the session has itself made it happen.</param>
public sealed record Told(RoomEvent Entry, bool IsOwn) : Shown;

/// <summary>A room of the session has another name.</summary>
/// <param name="Entry">The event.</param>
/// <param name="Room">State of the room under its new name; only to be looked at while it is encoded.</param>
/// <param name="Self">The session's user in the room.</param>
/// <param name="IsOwn">True if the session has itself made it happen.</param>
public sealed record RenamingTold(RoomRenamed Entry, IRoomView Room, Actor Self, bool IsOwn) : Shown;

/// <summary>A direct message to the session's user.</summary>
/// <param name="Message">The message.</param>
public sealed record Direct(DirectMessage Message) : Shown;

/// <summary>A direct message from the session's user, on whichever of its sessions it was said.</summary>
/// <param name="Message">The message.</param>
public sealed record DirectEcho(DirectMessage Message) : Shown;

/// <summary>A direct message to or from the session's user was taken away.</summary>
/// <param name="Redaction">The event.</param>
/// <param name="IsOwn">True if the session has itself made it happen.</param>
public sealed record DirectTakenAway(DirectRedacted Redaction, bool IsOwn) : Shown;

/// <summary>Somebody asks the session's user into a room.</summary>
/// <param name="Entry">The event.</param>
public sealed record Invitation(UserInvited Entry) : Shown;

/// <summary>A name that the session watches has come, or gone.</summary>
/// <param name="User">The user of that name.</param>
/// <param name="IsHere">True if it has come.</param>
public sealed record Presence(Actor User, bool IsHere) : Shown;

/// <summary>Another session of the same user, or account, has read up to a time.</summary>
/// <param name="Target">Where, as the other session's protocol names it.</param>
/// <param name="Time">Time of the last message that was read, UTC.</param>
public sealed record ReadMarker(string Target, DateTimeOffset Time) : Shown;

/// <summary>A notice from an operator of the server to everybody who wants to hear it.</summary>
/// <param name="From">The operator.</param>
/// <param name="Text">Valid UTF-8.</param>
public sealed record Wallops(Actor From, ReadOnlyMemory<byte> Text) : Shown;

/// <summary>A new value under a key, of a room that the session follows or of a user with whom it shares one.</summary>
/// <param name="Entry">The event.</param>
public sealed record NewValue(ValueChanged Entry) : Shown;

/// <summary>The session's reader fell behind, and missed messages.</summary>
/// <param name="Count">How many.</param>
public sealed record Missed(long Count) : Shown;

/// <summary>A part of a room's history.</summary>
/// <param name="Room">The room.</param>
/// <param name="Entries">Oldest first; may be none.</param>
/// <param name="Part">Whether this begins what is shown, and whether it ends it.</param>
public sealed record Past(RoomName Room, IReadOnlyList<HistoryEntry> Entries, HistoryPart Part) : Shown
{
    /// <summary>Names that the room had before, the oldest first.</summary>
    public IReadOnlyList<FormerName> FormerNames { get; init; } = [];
}

/// <summary>Direct messages that were kept for the session's user while it was away.</summary>
/// <param name="Entries">Oldest first.</param>
public sealed record Waiting(IReadOnlyList<HistoryEntry> Entries) : Shown;

/// <summary>A message of the session could not be kept, and was not delivered.</summary>
/// <param name="Text">The message's text, UTF-8.</param>
public sealed record NotKept(ReadOnlyMemory<byte> Text) : Shown;
