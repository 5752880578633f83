namespace Parley.Protocol.Irc;

/// <summary>One letter of a mode command.</summary>
/// <param name="IsAdding">Whether it followed a <c>+</c>, or no sign at all.</param>
/// <param name="Mode">The letter.</param>
/// <param name="Argument">Its argument, one word; null when it has none.</param>
/// <param name="Kind">What is to be done about it.</param>
public readonly record struct IrcModeChange(
    bool IsAdding, char Mode, string? Argument = null, IrcModeChangeKind Kind = IrcModeChangeKind.Change);

/// <summary>Kind of change that a letter of a mode command asks for.</summary>
public enum IrcModeChangeKind
{
    /// <summary>To set or unset the mode.</summary>
    Change,

    /// <summary>To show the list, as the mode is one of a list and has no argument.</summary>
    Query,

    /// <summary>Nothing: there is no such mode.</summary>
    Unknown,

    /// <summary>Nothing: the mode needs an argument and there is none left.</summary>
    MissingArgument,
}
