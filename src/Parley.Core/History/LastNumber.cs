using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>The highest number that a room has given, also if that message is gone.</summary>
/// <param name="Room">The room; empty for direct messages.</param>
/// <param name="Number">The number.</param>
public readonly record struct LastNumber(RoomName Room, long Number);
