namespace Parley.Cli.Chat.Screen.Terminal;

/// <summary>One input at the terminal: a key, a gesture, or text that was typed or pasted.</summary>
/// <param name="Kind">Which key, or which gesture.</param>
/// <param name="Text">What was typed or pasted; of <see cref="KeyKind.Letter"/> the letter, in lower case.</param>
/// <param name="Control">Whether Ctrl was down.</param>
/// <param name="Alt">Whether Alt was down.</param>
internal readonly record struct KeyPress(KeyKind Kind, string Text = "", bool Control = false, bool Alt = false)
{
    /// <summary>True if a jump over a word is meant rather than one over a character.</summary>
    public bool IsByWord => Control || Alt;
}

/// <summary>The keys and gestures that mean something here.</summary>
internal enum KeyKind
{
    /// <summary>Characters as typed.</summary>
    Text,

    /// <summary>Characters as pasted, line breaks included.</summary>
    Paste,

    /// <summary>A letter with Ctrl or Alt.</summary>
    Letter,

    Enter,
    Escape,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    WheelUp,
    WheelDown,
}
