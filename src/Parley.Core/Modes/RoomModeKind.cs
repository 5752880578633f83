namespace Parley.Core.Modes;

/// <summary>Kinds of room modes, by what stands behind them.</summary>
public enum RoomModeKind
{
    /// <summary>Nothing: it is set, or it is not.</summary>
    Flag,

    /// <summary>A mask, which goes onto the mode's list, or is taken off it.</summary>
    Masks,

    /// <summary>A key, which those outside are not shown and history does not keep.</summary>
    Key,

    /// <summary>A number above 0 when it is set, and nothing when it is taken off.</summary>
    Number,

    /// <summary>A member's name.</summary>
    Rank,
}
