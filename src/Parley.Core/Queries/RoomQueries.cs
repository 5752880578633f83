using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Queries;

/// <summary>State of a room; null if there is none that the viewer may know of.</summary>
/// <param name="Room">The room.</param>
/// <param name="Key">Key that the viewer knows, if any: whoever knows a room's key may know of the room.</param>
public sealed record FindRoom(RoomName Room, string? Key = null) : Query<RoomView?>;

/// <summary>The rooms that the viewer may know of, by name: one page of them, as what all of them take grows with the server.</summary>
/// <param name="After">Name before the first; <c>default</c> for the beginning.</param>
/// <param name="Limit">Rooms to look at, whether the viewer may know of them or not.</param>
public sealed record ListRooms(RoomName After = default, int Limit = int.MaxValue) : Query<Page<RoomSummary, RoomName>>;

/// <summary>The rooms whose operators have asked the viewer in, for as long as it has not come, by name.</summary>
/// <inheritdoc cref="ListRooms"/>
public sealed record ListInvitations(RoomName After = default, int Limit = int.MaxValue) : Query<Page<RoomName, RoomName>>;

/// <summary>The invitations into a room that have not been used, by the names of those who were asked; null if the viewer may not ask anybody in past the room's modes.</summary>
/// <param name="Room">The room.</param>
public sealed record ListGuests(RoomName Room) : Query<IReadOnlyList<InvitationView>?>;
