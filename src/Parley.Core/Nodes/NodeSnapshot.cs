using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Nodes;

/// <summary>All that a node knows, as data: enough for a home to go on where the last one has stopped.</summary>
/// <param name="Users">The users of its sessions.</param>
/// <param name="Sessions">Its sessions that have a user.</param>
/// <param name="Rooms">The rooms that they follow.</param>
internal sealed record NodeSnapshot(IReadOnlyList<UserSnapshot> Users, IReadOnlyList<SessionSnapshot> Sessions, IReadOnlyList<RoomSnapshot> Rooms)
{
    /// <summary>A node without sessions.</summary>
    public static NodeSnapshot Empty { get; } = new([], [], []);

    /// <summary>The number up to which its sessions were shown all direct messages that are for them.</summary>
    public long LastDirect { get; init; }
}

/// <summary>A session, as data.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">Id of its user.</param>
/// <param name="Rooms">Lives of the rooms that it follows, in the order in which it joined them.</param>
/// <param name="Watched">Names that it watches.</param>
/// <param name="FollowsAll">True if it is taken along into every room that its user enters.</param>
/// <param name="IsStandIn">True if nobody is at it.</param>
internal sealed record SessionSnapshot(
    SessionId Id, long User, IReadOnlyList<RoomLife> Rooms, IReadOnlyList<WatchedName> Watched, bool FollowsAll, bool IsStandIn)
{
    /// <summary>True if it has brought the rights of those who run the server to its user.</summary>
    public bool HoldsRights { get; init; }
}

/// <summary>A name that a session watches.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsHere">What the session was told last: whether somebody is here under it; null if it was told neither.</param>
internal readonly record struct WatchedName(UserName Name, bool? IsHere);
