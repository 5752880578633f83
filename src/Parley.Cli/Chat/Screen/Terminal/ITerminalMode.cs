namespace Parley.Cli.Chat.Screen.Terminal;

/// <summary>How the terminal treats keys before a program gets them: a line at a time with an echo, or each at once without.</summary>
internal interface ITerminalMode
{
    /// <summary>The terminal's size in cells; at least 1 by 1.</summary>
    (int Columns, int Rows) Size { get; }

    /// <summary>From now on each key comes at once and nothing is shown by itself; Ctrl+C is a key.</summary>
    /// <exception cref="IOException">The terminal does not take it.</exception>
    void Enter();

    /// <summary>Puts the terminal back as it was before the first <see cref="Enter"/>.</summary>
    void Leave();

    /// <summary>Stops this process, as Ctrl+Z does, until the shell continues it.</summary>
    void Suspend();
}
