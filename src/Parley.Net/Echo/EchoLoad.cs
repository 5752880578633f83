namespace Parley.Net.Echo;

/// <summary>Load that an <see cref="EchoSender"/> puts on a server.</summary>
public sealed record EchoLoad
{
    /// <summary>The shortest line: it holds the numbers of its client and its own, so that no two are alike.</summary>
    public const int MinLineBytes = 24;

    /// <summary>Number of clients, all connected before the first line is sent.</summary>
    public int Clients { get; init; } = 1;

    /// <summary>Number of lines that each client sends, each after the previous one has come back.</summary>
    public int LinesPerClient { get; init; } = 10;

    /// <summary>Length of a line in bytes, its LF included; at least <see cref="MinLineBytes"/>.</summary>
    public int LineBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, MinLineBytes);
            field = value;
        }
    } = 64;

    /// <summary>Time a connection or an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
