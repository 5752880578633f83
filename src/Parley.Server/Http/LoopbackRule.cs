using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Parley.Core.Text;
using Parley.Server.Options;

namespace Parley.Server.Http;

/// <summary>
/// True if a request is from this machine itself, to which the status page is shown and for which no limits hold. Its address is no
/// proof of that once HTTP is for others: a proxy on this machine asks from here for everybody.
/// </summary>
/// <remarks>
/// HTTP is for others when a setting says so, or when a request has come that a proxy marks as somebody else's. A proxy that marks
/// nothing is known by what it sends: nginx asks by HTTP/1.0 or has each connection closed, which no browser does.
/// </remarks>
internal sealed class LoopbackRule(ParleyOptions options, ILogger<LoopbackRule> logger)
{
    private static readonly string[] ForwardingHeaders =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Via"];

    // Stays, once it is so: a reload that takes a name away does not take the proxy away.
    private volatile bool _isForOthers = !options.HttpProxyFrom.IsEmpty || options.HttpHosts.Length > 0 || options.WebOrigins.Length > 0;

    /// <summary>True if limits per address do not hold for a request.</summary>
    public bool IsExempt(HttpContext http) => options.ExemptLoopback && IsFromHere(http);

    /// <summary>True if a request is from this machine, by one of its own names, and for nobody else.</summary>
    public bool IsFromHere(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address
            || !IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address))
        {
            return false;
        }

        var request = http.Request;
        if (options.HttpHosts.Length > 0 || options.WebOrigins.Length > 0)
        {
            _isForOthers = true;
        }

        if (!_isForOthers && ForwardingHeaders.Any(request.Headers.ContainsKey))
        {
            _isForOthers = true;
            Log.ProxyNotListed(logger);
        }

        return !_isForOthers
            && HostRule.IsLoopback(request.Host.Host)
            && request.Protocol != HttpProtocol.Http10
            && !request.Headers.Connection.ToString().Contains("close", StringComparison.OrdinalIgnoreCase)
            && IsOwn(request.Headers.Origin.ToString())
            && IsOwn(request.Headers[HeaderNames.Referer].ToString());
    }

    /// <summary>True if a page that asks is of this machine, too.</summary>
    private static bool IsOwn(string page) => page.Length == 0 || (AbsoluteUrl.TryParse(page, out var uri) && HostRule.IsLoopback(uri.Host));
}
