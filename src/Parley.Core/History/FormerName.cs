using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>A name that a room had before it took another.</summary>
/// <param name="Name">The name.</param>
/// <param name="LastNumber">Number of the renaming: messages up to it, from behind the renaming before, were said under this name.</param>
/// <param name="Until">Time of the renaming, UTC.</param>
public readonly record struct FormerName(RoomName Name, long LastNumber, DateTimeOffset Until);
