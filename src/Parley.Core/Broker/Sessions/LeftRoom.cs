namespace Parley.Core.Broker.Sessions;

/// <summary>A room that a user has left.</summary>
/// <param name="Room">The room, as its feed.</param>
/// <param name="Events">Count of the room's events up to that.</param>
internal readonly record struct LeftRoom(RoomFeed Room, long Events);
