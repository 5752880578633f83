using Microsoft.AspNetCore.Http;
using Parley.Server.Http;
using Parley.Server.Options;

namespace Parley.Server.Status;

/// <summary>Shows the status page to people on the server's own machine, and to programs with a token for it.</summary>
internal sealed class StatusGuard(ParleyOptions options, LoopbackRule loopback, BearerTokens tokens)
{
    private const string Ways =
        "The status page is shown on the server's own machine, and to whoever shows a token for it, as a password or as Authorization: Bearer parley_...: "
        + "make one with parley token create NAME --status, or start the server with --status open";

    /// <exception cref="ProblemException">Whoever asks may not see it.</exception>
    public async Task CheckAsync(HttpContext http)
    {
        if (options.Status == StatusAccess.Open || loopback.IsFromHere(http))
        {
            return;
        }

        try
        {
            var token = await tokens.AuthenticateAsync(http, asPassword: true);
            if (!token.Scopes.Status)
            {
                throw new ProblemException(
                    StatusCodes.Status403Forbidden, $"The token of {token.Name} is not for the status page: make one that is with parley token create NAME --status");
            }
        }
        catch (ProblemException e) when (e.Problem.Status == StatusCodes.Status401Unauthorized)
        {
            throw new ProblemException(e.Problem with { Detail = Ways, Challenge = "Basic realm=\"Parley status\", charset=\"UTF-8\"" });
        }
    }
}
