using Parley.Core.Accounts;
using Parley.Core.Events;

namespace Parley.Core.Rooms;

/// <summary>One mode that is set on a room, or one mask on a list of it.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Argument">Its argument; null where it needs none.</param>
/// <param name="SetBy">Who put a mask there; empty for a mode.</param>
/// <param name="Time">When a mask was put there, UTC.</param>
public sealed record RoomSetting(RoomMode Mode, string? Argument = null, string SetBy = "", DateTimeOffset Time = default)
{
    /// <summary>The end of a mask's entry, UTC; null for none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The reason of a mask's entry; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The name of the person whom a mask is about; empty for a mask alone.</summary>
    public string Name { get; init; } = "";

    /// <summary>The identity of that person; unknown for a mask alone.</summary>
    public Identity Who { get; init; }
}
