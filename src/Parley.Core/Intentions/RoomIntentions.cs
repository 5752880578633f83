using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Intentions;

/// <summary>Follows a room, which is made if there is none; its welcome comes ahead of anything said there.</summary>
/// <param name="Room">The room.</param>
/// <param name="Key">Key that the user knows, if the room needs one.</param>
public sealed record Join(RoomName Room, string? Key = null) : Intention
{
    /// <summary>Number of the room's last messages that the session is shown behind the welcome, where history is kept.</summary>
    public int Replay { get; init; }

    /// <summary>Room that the session leaves ahead of the welcome, and does not leave if it may not come in; empty for none. Other sessions of its user stay there.</summary>
    public RoomName Leaving { get; init; }

    /// <summary>True to come in only if the user is in, on another session.</summary>
    public bool OnlyIfMember { get; init; }

    /// <summary>The rank that a user had here when the server stopped, for a session that nobody is at: it is nobody's first. Not looked at for others.</summary>
    public MemberRank Had { get; init; }
}

/// <summary>Leaves a room, on all sessions of the user; a room without members is gone.</summary>
/// <param name="Room">The room.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record Leave(RoomName Room, string Reason = "") : Intention;

/// <summary>Puts a member out of a room.</summary>
/// <param name="Room">The room.</param>
/// <param name="Member">The member.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record Kick(RoomName Room, UserName Member, string Reason = "") : Intention;

/// <summary>Keeps somebody out of a room, and puts a member out; or silences somebody there. An account stays banned under whatever name, a guest by its host or connection.</summary>
/// <param name="Room">The room.</param>
/// <param name="Name">A user who is here, or an account.</param>
/// <param name="Until">End, UTC; null for none.</param>
/// <param name="Reason">One line of text; may be empty.</param>
/// <param name="IsMute">Whether to silence only.</param>
public sealed record BanFromRoom(RoomName Room, UserName Name, DateTimeOffset? Until, string Reason = "", bool IsMute = false) : Intention;

/// <summary>Asks a user into a room: it is told, and if an operator of the room asks, it may come in whatever the modes are.</summary>
/// <param name="Room">The room.</param>
/// <param name="Invited">The user.</param>
public sealed record Invite(RoomName Room, UserName Invited) : Intention;

/// <summary>Takes an operator's invitation back, which has not been used yet: the user may come in only as anybody may.</summary>
/// <param name="Room">The room.</param>
/// <param name="Invited">The user, by its name of now or by that which it had when it was asked.</param>
public sealed record WithdrawInvitation(RoomName Room, UserName Invited) : Intention;

/// <summary>Says what a room is about; with an empty text, that it is about nothing any more.</summary>
/// <param name="Room">The room.</param>
/// <param name="Topic">One line of text.</param>
public sealed record SetTopic(RoomName Room, string Topic) : Intention;

/// <summary>Changes how a room works and what its members may, as far as the user may change it.</summary>
/// <param name="Room">The room.</param>
/// <param name="Changes">The changes, in order.</param>
public sealed record ChangeModes(RoomName Room, IReadOnlyList<RoomModeChange> Changes) : Intention;

/// <summary>
/// Gives a room another name; its members, its modes, its topic and its history stay. A name under which others find history that they
/// may read is taken, whether or not there is a room.
/// </summary>
/// <param name="Room">The room.</param>
/// <param name="NewName">The name.</param>
/// <param name="Reason">One line of text; may be empty.</param>
public sealed record RenameRoom(RoomName Room, RoomName NewName, string Reason = "") : Intention;

/// <summary>Sets a value on a room, for those in it to see, if the user may; null takes it away.</summary>
/// <param name="Room">The room.</param>
/// <param name="Key">Key of the value.</param>
/// <param name="Value">The value.</param>
public sealed record SetRoomValue(RoomName Room, string Key, string? Value) : Intention;
