using Parley.Core.Intentions;
using Parley.Core.Queries;

namespace Parley.Core.Nodes;

/// <summary>Something that a node sends to the home of a cluster, which takes it in in the order in which it was sent.</summary>
internal abstract record NodeRequest;

/// <summary>A session of the node wants something to happen.</summary>
/// <param name="Ask">Number by which the node knows the answer.</param>
/// <param name="Session">The session.</param>
/// <param name="What">The intention.</param>
internal sealed record Asked(long Ask, SessionId Session, Intention What) : NodeRequest
{
    /// <summary>True if it was sent to another home before, which may have decided it.</summary>
    public bool IsAgain { get; init; }
}

/// <summary>A session of the node wants to know something.</summary>
/// <param name="Ask">Number by which the node knows the answer.</param>
/// <param name="Session">The session.</param>
/// <param name="What">The question.</param>
internal sealed record Looked(long Ask, SessionId Session, Query What) : NodeRequest;

/// <summary>A session of the node has ended.</summary>
/// <param name="Ask">Number by which the node knows the answer.</param>
/// <param name="Session">The session.</param>
/// <param name="Reason">What its user says, or what became of it.</param>
internal sealed record Detached(long Ask, SessionId Session, string Reason) : NodeRequest;

/// <summary>A session of the node takes no more, as its connection is about to end: what is said to it is not delivered.</summary>
/// <param name="Session">The session.</param>
internal sealed record Gone(SessionId Session) : NodeRequest;

/// <summary>A node has come to a new home: all that it has.</summary>
/// <param name="Snapshot">Its sessions, their users and the rooms that they follow.</param>
internal sealed record Hello(NodeSnapshot Snapshot) : NodeRequest;
