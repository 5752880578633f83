namespace Parley.Cli.Chat.Screen.Model;

/// <summary>State of the connection to the server.</summary>
/// <param name="Kind">Connected or not.</param>
/// <param name="RetryAt">When the next attempt is due; null unless <see cref="LinkKind.Waiting"/>.</param>
internal readonly record struct LinkState(LinkKind Kind, DateTimeOffset? RetryAt = null);

/// <summary>The kinds of <see cref="LinkState"/>.</summary>
internal enum LinkKind
{
    Connecting,
    Connected,
    Waiting,
}
