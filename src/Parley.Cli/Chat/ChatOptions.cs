using Parley.Client;

namespace Parley.Cli.Chat;

/// <summary>Options of <c>parley chat</c>.</summary>
/// <param name="Address">The server.</param>
/// <param name="Addressed">Whether to speak the addressed protocol; otherwise lines.</param>
/// <param name="Login">The name to take; never null with <paramref name="Addressed"/>.</param>
internal sealed record ChatOptions(ServerAddress Address, bool Addressed, string? Login)
{
    /// <summary>Other servers with the same users and rooms, for when <see cref="Address"/> does not answer or ends the connection.</summary>
    public IReadOnlyList<ServerAddress> Others { get; init; } = [];

    /// <summary>The file that the full-screen client writes the conversation to, if any.</summary>
    public string? Transcript { get; init; }

    /// <summary>The password of the account that <see cref="Login"/> belongs to; null to stay a guest.</summary>
    public string? Password { get; init; }

    /// <summary>Amount of the server's output that the plain client prints.</summary>
    public LineDetail Detail { get; init; }

    /// <summary>TLS settings of the connection; null for plain text.</summary>
    public ClientTlsOptions? Tls { get; init; }

    /// <summary>Where the lines protocol is by default.</summary>
    public const int LinesPort = 42069;

    /// <summary>Where the addressed protocol is by default.</summary>
    public const int AddressedPort = 42070;

    /// <summary>The line that takes the name: the login itself (addressed) or a command (lines); null to stay nameless.</summary>
    public string? FirstLine => Addressed || Login is null ? Login : $"/name {Login}";
}
