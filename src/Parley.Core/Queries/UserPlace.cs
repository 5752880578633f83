using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Queries;

/// <summary>A user's place in a room, as somebody may see it.</summary>
/// <param name="Room">The room.</param>
/// <param name="Rank">The user's rank there.</param>
/// <param name="IsShared">True if the viewer is in it, too.</param>
/// <param name="IsHidden">True if others may not know who is in it.</param>
public readonly record struct UserPlace(RoomName Room, MemberRank Rank, bool IsShared, bool IsHidden);
