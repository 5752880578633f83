namespace Parley.Server.Irc.Multiline;

/// <summary>Limits of the length of a message of several lines, and of the time it may take.</summary>
internal static class MultilineLimits
{
    /// <summary>Bytes of text, line feeds counted.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Lines as the client sends them.</summary>
    public const int MaxLines = 100;

    /// <summary>The value of the capability.</summary>
    public const string Offer = "max-bytes=4096,max-lines=100";

    /// <summary>From the beginning to the end: enough for all lines of somebody whose lines are delayed.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(60);
}
