using Parley.Server.Accounts.Outside;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Sasl;

/// <summary>The ways to log in.</summary>
/// <param name="accounts">The accounts.</param>
/// <param name="attempts">The limits on attempts.</param>
/// <param name="bearer">Log-in by tokens; null if no identity provider is known.</param>
/// <param name="provider">The identity provider.</param>
/// <param name="devices">Log-in by tokens of devices; null if there are none.</param>
internal sealed class SaslMechanisms(AccountService accounts, LoginAttempts attempts, BearerLogin? bearer = null, OidcOptions? provider = null, DeviceTokens? devices = null)
{
    private const string External = "EXTERNAL";
    private const string ScramSha256 = "SCRAM-SHA-256";
    private const string Plain = "PLAIN";
    private const string OAuthBearer = "OAUTHBEARER";
    private const string Bearer = "IRCV3BEARER";

    /// <summary>Their names, the best first.</summary>
    /// <remarks>
    /// A client without a certificate is not offered to show one. Tokens are for encrypted connections alone (RFC 6750, 5.3).
    /// SCRAM takes what is kept of a password, which is not here where a program decides on it.
    /// </remarks>
    public IReadOnlyList<string> For(SaslPeer peer) =>
    [
        .. peer.Certificate is null ? (string[])[] : [External],
        .. accounts.Elsewhere is null ? [ScramSha256] : (string[])[],
        Plain,
        .. TakesTokens(peer) ? [OAuthBearer, Bearer] : (string[])[],
    ];

    /// <summary>Begins to log in; null if there is no such mechanism for this client.</summary>
    /// <param name="mechanism">Its name, in any case.</param>
    /// <param name="peer">The client.</param>
    public ISaslExchange? Begin(string mechanism, SaslPeer peer) => mechanism.ToUpperInvariant() switch
    {
        External when peer.Certificate is { } certificate => new ExternalExchange(accounts.Store, certificate),
        ScramSha256 when accounts.Elsewhere is null => new ScramSha256Exchange(accounts, attempts, peer.Address),
        Plain => new PlainExchange(accounts, attempts, peer, devices),
        OAuthBearer when TakesTokens(peer) => new OAuthBearerExchange(bearer!, provider!, peer),
        Bearer when TakesTokens(peer) => new BearerExchange(bearer!, devices is null ? null : new DeviceLogin(devices, attempts), peer),
        _ => null,
    };

    private bool TakesTokens(SaslPeer peer) => bearer is not null && peer.IsPrivate;
}
