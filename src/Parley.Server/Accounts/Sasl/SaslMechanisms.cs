namespace Parley.Server.Accounts.Sasl;

/// <summary>The ways to log in.</summary>
internal sealed class SaslMechanisms(AccountService accounts, LoginAttempts attempts)
{
    private const string External = "EXTERNAL";
    private const string ScramSha256 = "SCRAM-SHA-256";
    private const string Plain = "PLAIN";

    /// <summary>Their names, the best first. A client without a certificate is not offered to show one.</summary>
    public IReadOnlyList<string> For(SaslPeer peer) =>
        peer.Certificate is null ? [ScramSha256, Plain] : [External, ScramSha256, Plain];

    /// <summary>Begins to log in; null if there is no such mechanism for this client.</summary>
    /// <param name="mechanism">Its name, in any case.</param>
    /// <param name="peer">The client.</param>
    public ISaslExchange? Begin(string mechanism, SaslPeer peer) => mechanism.ToUpperInvariant() switch
    {
        External when peer.Certificate is { } certificate => new ExternalExchange(accounts.Store, certificate),
        ScramSha256 => new ScramSha256Exchange(accounts, attempts, peer.Address),
        Plain => new PlainExchange(accounts, attempts, peer.Address),
        _ => null,
    };
}
