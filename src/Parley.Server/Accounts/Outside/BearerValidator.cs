using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Parley.Core.Accounts;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>Tells whether a token (RFC 7519) is of the identity provider, for this server, and for now.</summary>
/// <remarks>
/// MUST NOT hold: a token without an end, or whose time has not come; one that is signed by no key of the provider's, not at all, or
/// with a key that both sides know; one that is for others; one that is no token of identity or access, such as a notice of log-out.
/// </remarks>
internal sealed class BearerValidator(OidcOptions options, IdentityProvider provider, TimeProvider time)
{
    /// <summary>Largest difference allowed between the clocks of the provider and this server.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);

    /// <summary>Longest token in characters: as long as fits into a SASL message, with room to spare.</summary>
    private const int MaxLength = 16 * 1024;

    /// <summary>Signatures that only the provider can make (RFC 7518, 3.1).</summary>
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    /// <summary>The claims of a token; or what is wrong with it, without a full stop.</summary>
    /// <exception cref="IdentityProviderException">The provider's keys are not known.</exception>
    public async Task<(BearerClaims? Claims, string Fault)> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        var published = await provider.GetAsync(cancellationToken);
        var result = await CheckAsync(token, published);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            var renewed = await provider.RenewAsync(published, cancellationToken);
            result = ReferenceEquals(renewed, published) ? result : await CheckAsync(token, renewed);
        }

        return !result.IsValid ? (null, FaultIn(result.Exception))
            : ClaimsIn((JsonWebToken)result.SecurityToken) is { } claims ? (claims, "")
            : (null, "The token says of nobody who it is");
    }

    private async Task<TokenValidationResult> CheckAsync(string token, OpenIdConnectConfiguration published) => await Handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = options.Issuer,
        ValidAudiences = options.Audiences,
        ValidAlgorithms = Algorithms,
        IssuerSigningKeys = published.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = IsForNow,
        TypeValidator = TypeOf,
    });

    private bool IsForNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (expires is not { } end)
        {
            throw new SecurityTokenNoExpirationException();
        }

        return end <= now - Leeway ? throw new SecurityTokenExpiredException()
            : notBefore > now + Leeway || ((JsonWebToken)token).IssuedAt > now + Leeway ? throw new SecurityTokenNotYetValidException()
            : true;
    }

    // RFC 9068, 2.1 and RFC 8725, 3.11: a provider signs other things, too.
    private static string TypeOf(string? type, SecurityToken token, TokenValidationParameters parameters)
        => string.IsNullOrEmpty(type)
            || type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
            || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase)
            ? type ?? ""
            : throw new SecurityTokenInvalidTypeException();

    private BearerClaims? ClaimsIn(JsonWebToken token)
        => OutsideIdentity.TryCreate(token.Issuer, token.Subject, out var identity) && !token.TryGetPayloadValue<object>("events", out _)
            ? new BearerClaims(identity, TextOf(token, options.NameClaim), TextOf(token, "nonce"))
            : null;

    private static string? TextOf(JsonWebToken token, string claim)
        => token.TryGetPayloadValue<object>(claim, out var value) ? value as string : null;

    private static string FaultIn(Exception? fault) => fault switch
    {
        SecurityTokenExpiredException => "The token has expired",
        SecurityTokenNoExpirationException => "The token has no end",
        SecurityTokenNotYetValidException => "The token is not valid yet",
        SecurityTokenInvalidAudienceException => "The token is for somebody else",
        SecurityTokenInvalidIssuerException => "The token is of another provider",
        SecurityTokenInvalidAlgorithmException or SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException
            => "The token is not signed by the provider",
        _ => "That is no token that could be checked",
    };
}
