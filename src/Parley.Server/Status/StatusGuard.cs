using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Server.Http;
using Parley.Server.Options;

namespace Parley.Server.Status;

/// <summary>Who may see the status page: whoever is on the server's own machine, and whoever shows a token that is for it.</summary>
internal sealed class StatusGuard(ParleyOptions options, BearerTokens tokens)
{
    private const string Ways =
        "The status page is shown on the server's own machine, and to whoever shows a token for it, as a password or as Authorization: Bearer parley_...: "
        + "make one with parley token create NAME --status, or start the server with --status open";

    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    /// <exception cref="ProblemException">Whoever asks may not see it.</exception>
    public async Task CheckAsync(HttpContext http)
    {
        if (options.Status == StatusAccess.Open || IsFromHere(http))
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

    /// <summary>
    /// From this machine, by one of its own names, and not for somebody else: a proxy connects from here too, and a page from
    /// elsewhere could have the browser ask by a name that it had lead here.
    /// </summary>
    private static bool IsFromHere(HttpContext http)
        => http.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            && IsOwnName(http.Request.Host.Host)
            && !ForwardingHeaders.Any(http.Request.Headers.ContainsKey);

    private static bool IsOwnName(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
