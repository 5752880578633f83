using Microsoft.AspNetCore.Http;
using Parley.Server.Http;
using Parley.Server.Options;

namespace Parley.Server.Status;

/// <summary>Shows the status page and the metrics to people on the server's own machine, and to programs with a token for them.</summary>
internal sealed class StatusGuard(ParleyOptions options, LoopbackRule loopback, BearerTokens tokens)
{
    /// <exception cref="ProblemException">Whoever asks may not see the status page.</exception>
    public Task CheckPageAsync(HttpContext http) => CheckAsync(http, options.Status, "The status page is", "--status");

    /// <exception cref="ProblemException">Whoever asks may not see the metrics.</exception>
    public Task CheckMetricsAsync(HttpContext http) => CheckAsync(http, options.Metrics, "Metrics are", "--metrics");

    private async Task CheckAsync(HttpContext http, HttpAccess access, string subject, string setting)
    {
        if (access == HttpAccess.Open || loopback.IsFromHere(http))
        {
            return;
        }

        try
        {
            var token = await tokens.AuthenticateAsync(http, asPassword: true);
            if (!token.Scopes.Status)
            {
                throw new ProblemException(
                    StatusCodes.Status403Forbidden, $"The token of {token.Name} is not for status and metrics: make one that is with parley token create NAME --status");
            }
        }
        catch (ProblemException e) when (e.Problem.Status == StatusCodes.Status401Unauthorized)
        {
            string ways = $"{subject} shown on the server's own machine, and to whoever shows a token, as a password or as Authorization: Bearer parley_...: "
                + $"make one with parley token create NAME --status, or start the server with {setting} open";
            throw new ProblemException(e.Problem with { Detail = ways, Challenge = "Basic realm=\"Parley status\", charset=\"UTF-8\"" });
        }
    }
}
