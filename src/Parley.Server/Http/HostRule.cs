using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Server.Options;

namespace Parley.Server.Http;

/// <summary>
/// Which names HTTP is answered under. A page may have its own name lead to this server (DNS rebinding), and is of one origin with
/// it then; all that tells it from the server's own page is that name.
/// </summary>
/// <remarks>An address is nobody's name: no page comes from there but the server's own. A request without a host is no browser's.</remarks>
internal sealed class HostRule(ParleyOptions options, ILogger<HostRule> logger)
{
    /// <summary>Longest part of a host name that is shown and logged, in characters.</summary>
    private const int MaxShown = 100;

    private readonly LiveList _names = new(() => options.HttpHosts);

    /// <summary>Goes on with a request for this server, and answers any other with what to do.</summary>
    public Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        var host = http.Request.Host.Host;
        if (Allows(host) || (_names.Entries.Count == 0 && http.Features.Get<ForwardedRequest>() is not null))
        {
            return next(http);
        }

        var shown = host.Length > MaxShown ? host[..MaxShown] : host;
        Log.HostRefused(logger, http.Connection.RemoteIpAddress, shown);
        return new Problem(
            StatusCodes.Status421MisdirectedRequest,
            $"This server does not go by the name {shown}: ask for it by its address, or have it started with --http-hosts {shown}").WriteAsync(http);
    }

    /// <summary>True if a name is of this machine itself.</summary>
    public static bool IsLoopback(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private bool Allows(string host)
        => host.Length == 0
            || IsLoopback(host)
            || IPAddress.TryParse(host.Trim('[', ']'), out _)
            || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase)
            || _names.Entries.Contains(host)
            || _names.Entries.Contains("*");
}
