namespace Parley.Protocol.Framing;

/// <summary>Result of a framer's look at the front of its input.</summary>
public enum FrameResult
{
    /// <summary>No whole line yet: call again when more bytes have come.</summary>
    Incomplete,

    /// <summary>One line, without its ending.</summary>
    Line,

    /// <summary>A line longer than the limit; it is reported once and the rest of it is skipped.</summary>
    TooLong,

    /// <summary>The user asked to be let out (telnet's interrupt or end of file, ^C, ^D).</summary>
    Interrupt,

    /// <summary>Nothing follows: the other side has closed in the way of its framing, or broken its rules.</summary>
    End,
}
