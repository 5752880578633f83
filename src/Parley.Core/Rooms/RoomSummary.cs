using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>A room and how many users are in it.</summary>
/// <param name="Name">As spelled by whoever created it.</param>
/// <param name="Users">Users, not sessions.</param>
public readonly record struct RoomSummary(RoomName Name, int Users);
