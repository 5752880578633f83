using Parley.Core.Names;

namespace Parley.Core.Rooms;

/// <summary>A room and how many users are in it.</summary>
/// <param name="Name">As spelled by whoever created it.</param>
/// <param name="Users">Users, not sessions.</param>
public readonly record struct RoomSummary(RoomName Name, int Users)
{
    /// <summary>Topic of the room; null if none was set.</summary>
    public RoomTopic? Topic { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>True if others are not told that there is such a room.</summary>
    public bool IsSecret { get; init; }
}
