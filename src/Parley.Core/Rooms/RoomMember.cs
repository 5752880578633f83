using Parley.Core.Events;

namespace Parley.Core.Rooms;

/// <summary>A user in a room.</summary>
/// <param name="Actor">The user.</param>
/// <param name="Rank">What it is there.</param>
public readonly record struct RoomMember(Actor Actor, MemberRank Rank);
