namespace Parley.Cli.Chat.Screen.Terminal;

/// <summary>Input mode of the terminal: programs get a line at a time with an echo, or each key at once without one.</summary>
internal interface ITerminalMode
{
    /// <summary>The terminal's size in cells; at least 1 by 1.</summary>
    (int Columns, int Rows) Size { get; }

    /// <summary>From now on each key comes at once and nothing is shown by itself; Ctrl+C is a key.</summary>
    /// <exception cref="IOException">The terminal does not take it.</exception>
    void Enter();

    /// <summary>Puts the terminal back as it was before the first <see cref="Enter"/>.</summary>
    void Leave();

    /// <summary>True if somebody is there to continue the process once it is stopped: a shell with jobs.</summary>
    bool CanSuspend { get; }

    /// <summary>Stops this process, as Ctrl+Z does, until the shell continues it.</summary>
    void Suspend();
}
