using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Core.Tokens;

namespace Parley.Server.Http;

/// <summary>Authenticates requests by the token that they show (RFC 6750). The store is asked each time, so a revoked token is refused at once.</summary>
internal sealed class BearerTokens(ITokenStore store, TimeProvider time, ILogger<BearerTokens> logger)
{
    /// <summary>Precision with which the last use of a token is recorded.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromMinutes(1);

    /// <summary>The token that is shown, and is good for something.</summary>
    /// <param name="http">The request.</param>
    /// <param name="asPassword">Whether it may also be shown as a password, of whatever user (RFC 7617): that is what browsers ask people for.</param>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<AccessToken> AuthenticateAsync(HttpContext http, bool asPassword = false)
    {
        if (SecretIn(http.Request.Headers.Authorization.ToString(), asPassword) is not { } secret)
        {
            throw new ProblemException(
                StatusCodes.Status401Unauthorized, "Show a token: Authorization: Bearer parley_... (parley token create makes one)");
        }

        try
        {
            var now = time.GetUtcNow();
            var token = await store.FindAsync(TokenSecret.Hash(secret), http.RequestAborted);
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

    private static string? SecretIn(string header, bool asPassword)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var shown) || shown.Parameter is not { } parameter)
        {
            return null;
        }

        return shown.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? parameter
            : asPassword && shown.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? PasswordIn(parameter)
            : null;
    }

    private static string? PasswordIn(string credentials)
    {
        var bytes = new byte[credentials.Length];
        return Convert.TryFromBase64String(credentials, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [_, var password] ? password : null;
    }
}
