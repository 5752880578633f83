using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Server.Options;

namespace Parley.Server.Status;

/// <summary>Who may see the status page.</summary>
internal sealed class StatusGuard(ParleyOptions options)
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    /// <summary>Why somebody may not see it; null if they may.</summary>
    public string? Refusal(HttpContext http)
        => options.Status == StatusAccess.Open || IsFromHere(http)
            ? null
            : "The status page is shown on the server's own machine only: open it there, or start the server with --status open";

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
