namespace Parley.Client;

/// <summary>Options of a client's connection; the defaults suit a person and a bot alike.</summary>
public sealed class ClientOptions
{
    /// <summary>The longest line accepted from the server, in bytes without its line end; a longer one ends reading.</summary>
    // A server's lines are far longer than a client's 400 bytes: /rooms and /users name everything there is on one line.
    public int MaxLineBytes { get; init; } = 1024 * 1024;

    /// <summary>Time the server may take to accept the connection, including the resolution of its name.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Encryption of the connection, or null for plain text; the server listens for TLS on separate ports.</summary>
    public ClientTlsOptions? Tls { get; init; }

    /// <summary>The clock that <see cref="ConnectTimeout"/> is measured with.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
