namespace Parley.Net.Echo;

/// <summary>Options of an <see cref="EchoServer"/>.</summary>
public sealed record EchoServerOptions
{
    /// <summary>The longest line that is sent back; of a longer one the sender is told. The LF is not counted.</summary>
    public int MaxLineBytes { get; init; } = 64 * 1024;
}
