namespace Parley.Core.Rooms;

/// <summary>One thing to be set on a room, or to be taken off it.</summary>
/// <param name="IsAdding">Set, or taken off.</param>
/// <param name="Mode">What.</param>
/// <param name="Argument">A mask, a key, a number, or a member's name, as the mode needs; null where it needs none.</param>
public readonly record struct RoomModeChange(bool IsAdding, RoomMode Mode, string? Argument = null);
