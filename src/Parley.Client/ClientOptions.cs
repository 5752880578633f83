namespace Parley.Client;

/// <summary>What a client may choose about its connection; the defaults suit a person and a bot alike.</summary>
public sealed class ClientOptions
{
    /// <summary>The longest line accepted from the server, in bytes without its line end; a longer one ends reading.</summary>
    // A server's lines are far longer than a client's 400 bytes: /rooms and /users name everything there is on one line.
    public int MaxLineBytes { get; init; } = 1024 * 1024;

    /// <summary>How long to wait for the server to accept the connection, resolving its name included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock that <see cref="ConnectTimeout"/> is measured with.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
