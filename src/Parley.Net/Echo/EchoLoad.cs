namespace Parley.Net.Echo;

/// <summary>What an <see cref="EchoSender"/> sends.</summary>
public sealed record EchoLoad
{
    /// <summary>The shortest line: it holds the numbers of its client and its own, so that no two are alike.</summary>
    public const int MinLineBytes = 24;

    /// <summary>How many clients, all connected before the first line is sent.</summary>
    public int Clients { get; init; } = 1;

    /// <summary>How many lines each client sends, the next when the last has come back.</summary>
    public int LinesPerClient { get; init; } = 10;

    /// <summary>How long a line is, its LF counted; at least <see cref="MinLineBytes"/>.</summary>
    public int LineBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, MinLineBytes);
            field = value;
        }
    } = 64;

    /// <summary>How long a connection or an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
