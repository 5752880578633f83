using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Moderation;

namespace Parley.Server.Http;

/// <summary>Refuses requests from banned addresses, behind proxies too, which connections were let in for.</summary>
internal sealed class BanRule(ServerBans bans)
{
    /// <summary>Has every endpoint look, but for health, and for WebSockets, whose clients are told on the protocol that they carry.</summary>
    public void ApplyTo(RouteGroupBuilder group) => ((IEndpointConventionBuilder)group).Finally(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder { RequestDelegate: { } next, RoutePattern.RawText: var pattern } && !IsOpen(pattern ?? ""))
        {
            endpoint.RequestDelegate = http => Refusal(http) is { } refusal ? refusal.WriteAsync(http) : next(http);
        }
    });

    private static bool IsOpen(string pattern)
        => pattern.EndsWith("/irc", StringComparison.Ordinal) || pattern.Contains("/health/", StringComparison.Ordinal);

    private Problem? Refusal(HttpContext http)
        => ServerBans.Words(bans.Find(http.Connection.RemoteIpAddress)) is { } banned ? new Problem(StatusCodes.Status403Forbidden, banned) : null;
}
