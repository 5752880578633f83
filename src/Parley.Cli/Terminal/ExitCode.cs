namespace Parley.Cli.Terminal;

/// <summary>Exit codes of the verbs, for scripts.</summary>
internal static class ExitCode
{
    /// <summary>It ended as the user asked, or the reader of its output went away.</summary>
    public const int Done = 0;

    /// <summary>No connection, or the server ended it unasked.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    // 128 + the signal's number is what a shell shows for a program that a signal ended.

    /// <summary>SIGHUP: the terminal is gone.</summary>
    public const int HungUp = 129;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM.</summary>
    public const int Terminated = 143;
}
