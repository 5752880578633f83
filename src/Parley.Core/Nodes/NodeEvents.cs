using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Nodes;

/// <summary>Something that the home of a cluster sends to a node. The node takes all of it in, in the order in which it was sent.</summary>
internal abstract record NodeEvent;

/// <summary>The decision on an intention.</summary>
/// <param name="Ask">The number that the node gave it.</param>
/// <param name="Decision">The decision.</param>
/// <param name="IsSettled">True if nothing more comes of it; false for a message that is on its way.</param>
internal sealed record Decided(long Ask, Decision Decision, bool IsSettled = true) : NodeEvent;

/// <summary>A message that was on its way has been shown, or refused: it need not be sent again.</summary>
/// <param name="Ask">The number that the node gave it.</param>
internal sealed record Settled(long Ask) : NodeEvent;

/// <summary>The answer to a question.</summary>
/// <param name="Ask">The number that the node gave it.</param>
/// <param name="Answer">The answer; null for none.</param>
/// <param name="Type">The type that the question asks for.</param>
internal sealed record Answered(long Ask, object? Answer, Type Type) : NodeEvent;

/// <summary>An intention or a question that came to nothing, as what it needs has failed.</summary>
/// <param name="Ask">The number that the node gave it.</param>
/// <param name="Part">The part of the server that has failed.</param>
/// <param name="Message">Why, for people.</param>
internal sealed record Failed(long Ask, FailedPart Part, string Message) : NodeEvent;

/// <summary>A part of the server that can fail.</summary>
internal enum FailedPart
{
    /// <summary>None of the others.</summary>
    Broker,

    /// <summary>History.</summary>
    History,

    /// <summary>Accounts.</summary>
    Accounts,

    /// <summary>Registered rooms.</summary>
    Registry,
}

/// <summary>The user of a session, from here on.</summary>
/// <param name="Session">The session.</param>
/// <param name="User">The user; null for none any more.</param>
internal sealed record UserIs(SessionId Session, UserSnapshot? User) : NodeEvent;

/// <summary>A session is in a room, and is shown it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Room">Life of the room.</param>
/// <param name="Self">The session's user, as the room knows it.</param>
/// <param name="State">The whole room, if no other session of the node follows it; null if one does.</param>
/// <param name="IsOwn">True if the session has itself made it happen.</param>
internal sealed record Seated(SessionId Session, RoomLife Room, Actor Self, RoomSnapshot? State, bool IsOwn = true) : NodeEvent;

/// <summary>A session follows a room no more.</summary>
/// <param name="Session">The session.</param>
/// <param name="Room">Life of the room.</param>
internal sealed record Unseated(SessionId Session, RoomLife Room) : NodeEvent;

/// <summary>An event of a room that its members are shown.</summary>
/// <param name="Room">Life of the room.</param>
/// <param name="Entry">The event.</param>
/// <param name="Audience">Number of the audience, for an event that stands in several rooms and that each session is shown once; 0 for all.</param>
/// <param name="Author">The session that is shown it by itself; none for nobody's.</param>
internal sealed record Happened(RoomLife Room, RoomEvent Entry, long Audience = 0, SessionId Author = default) : NodeEvent
{
    /// <summary>With the first event of an audience: the sessions that are shown it by themselves.</summary>
    public IReadOnlyList<SessionId> Told { get; init; } = [];
}

/// <summary>An event that changes a room, and that its members are not shown, or each by itself.</summary>
/// <param name="Room">Life of the room.</param>
/// <param name="Entry">The event.</param>
internal sealed record Folded(RoomLife Room, RoomEvent Entry) : NodeEvent;

/// <summary>All that was said in a room so far goes ahead of what comes in other rooms.</summary>
/// <param name="Room">Life of the room.</param>
internal sealed record Advanced(RoomLife Room) : NodeEvent;

/// <summary>A session is shown something by itself.</summary>
/// <param name="Session">The session.</param>
/// <param name="What">What it is shown; nothing that needs the state of a room.</param>
internal sealed record ShownTo(SessionId Session, Shown What) : NodeEvent;

/// <summary>A session is told that a room has another name.</summary>
/// <param name="Session">The session.</param>
/// <param name="Room">Life of the room.</param>
/// <param name="Entry">The event.</param>
/// <param name="Self">The session's user, as the room knows it.</param>
/// <param name="IsOwn">True if the session has itself made it happen.</param>
internal sealed record RenamedFor(SessionId Session, RoomLife Room, RoomRenamed Entry, Actor Self, bool IsOwn) : NodeEvent;

/// <summary>A session is to end.</summary>
/// <param name="Session">The session.</param>
/// <param name="Reason">Why, as its user is told.</param>
/// <param name="QuitReason">Why, as those who shared rooms with it are told; the same if null.</param>
internal sealed record Closed(SessionId Session, string Reason, string? QuitReason) : NodeEvent;

/// <summary>A room that the node follows, as it is with a new home: whatever the node has missed is shown to the sessions that follow it.</summary>
/// <param name="Room">The whole room.</param>
/// <param name="Missed">What was said in it that the node was not told, oldest first.</param>
/// <param name="Known">Life of the room as the node knows it: another where the room was made anew while the node was away.</param>
internal sealed record Resynced(RoomSnapshot Room, IReadOnlyList<HistoryEntry> Missed, RoomLife Known) : NodeEvent;

/// <summary>All direct messages up to a number that are for sessions of the node were sent to it.</summary>
/// <param name="UpTo">The number.</param>
internal sealed record ToldDirects(long UpTo) : NodeEvent;

/// <summary>The node's sessions and rooms are known to the home: what they have asked for and is not settled may be sent again.</summary>
internal sealed record Adopted : NodeEvent;
