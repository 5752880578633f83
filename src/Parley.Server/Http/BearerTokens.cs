using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Core.Ports;
using Parley.Core.Tokens;

namespace Parley.Server.Http;

/// <summary>Whose request it is, by the token that it shows (RFC 6750). The store is asked each time, so what was revoked is good for nothing at once.</summary>
internal sealed class BearerTokens(ITokenStore store, TimeProvider time, ILogger<BearerTokens> logger)
{
    private const string Scheme = "Bearer ";

    /// <summary>How exactly it is noted when a token was used.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromMinutes(1);

    /// <exception cref="ProblemException">No token that is good for anything is shown.</exception>
    public async Task<AccessToken> AuthenticateAsync(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                StatusCodes.Status401Unauthorized, "Show a token: Authorization: Bearer parley_... (parley token create makes one)");
        }

        try
        {
            var now = time.GetUtcNow();
            var token = await store.FindAsync(TokenSecret.Hash(header[Scheme.Length..].Trim()), http.RequestAborted);
            if (token?.IsValidAt(now) != true)
            {
                throw new ProblemException(
                    StatusCodes.Status401Unauthorized, "The token is unknown, expired or revoked (parley token list shows those there are)");
            }

            if (!(token.LastUsed > now - Exactness))
            {
                await store.UsedAsync(token.Id, now, CancellationToken.None);
            }

            return token;
        }
        catch (TokenStoreException e)
        {
            Log.TokensFailed(logger, e.Message);
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, "Tokens cannot be looked up at the moment, try again later");
        }
    }
}
