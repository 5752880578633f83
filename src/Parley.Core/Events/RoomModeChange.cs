using Parley.Core.Accounts;

namespace Parley.Core.Events;

/// <summary>One thing to be set on a room, or to be taken off it.</summary>
/// <param name="IsAdding">Set, or taken off.</param>
/// <param name="Mode">What.</param>
/// <param name="Argument">A mask, a key, a number, or a member's name, as the mode needs; null where it needs none.</param>
public readonly record struct RoomModeChange(bool IsAdding, RoomMode Mode, string? Argument = null)
{
    /// <summary>Begins masks that only silence.</summary>
    public const string MutePrefix = "~q:";

    /// <summary>True if it is about a mask that only silences.</summary>
    public bool IsMute => Argument is not null && Argument.StartsWith(MutePrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>With a mask: its end, UTC; null for none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>With a mask: why; null for no reason.</summary>
    public string? Reason { get; init; }

    /// <summary>With a mask of a person: its name, for people to read; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>With a mask of a person: its identity, which alone counts then; unknown for a mask alone.</summary>
    public Identity Who { get; init; }

    /// <summary>True if more is said of a mask than what it is.</summary>
    internal bool IsDetailed => Until is not null || Reason is not null || Name is not null || !Who.IsUnknown;
}
