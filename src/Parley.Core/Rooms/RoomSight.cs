namespace Parley.Core.Rooms;

/// <summary>Parts of a room that a viewer may see; each includes those before it.</summary>
public enum RoomSight
{
    /// <summary>Nothing: as if there were no such room.</summary>
    None,

    /// <summary>Its name, topic and modes, and how many are in it.</summary>
    Outline,

    /// <summary>Its members, but for those who do not want to be found.</summary>
    Members,

    /// <summary>Everything, as whoever is in it does: also its key, its values, and all who are in it.</summary>
    Inside,
}
