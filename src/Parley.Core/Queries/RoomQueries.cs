using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Queries;

/// <summary>State of a room; null if there is none that the viewer may know of.</summary>
/// <param name="Room">The room.</param>
/// <param name="Key">Key that the viewer knows, if any: whoever knows a room's key may know of the room.</param>
public sealed record FindRoom(RoomName Room, string? Key = null) : Query<RoomView?>;

/// <summary>The rooms that the viewer may know of, in no particular order.</summary>
public sealed record ListRooms : Query<IReadOnlyList<RoomSummary>>;

/// <summary>The rooms whose operators have asked the viewer in, for as long as it has not come, in no particular order.</summary>
public sealed record ListInvitations : Query<IReadOnlyList<RoomName>>;
