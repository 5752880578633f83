using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Parley.Server.Options;
using HttpListener = Parley.Server.Transport.HttpListener;

namespace Parley.Server.Http;

/// <summary>Sends requests in plain text on to https, and has browsers remember that, where that is set. Health and metrics are answered as they are asked.</summary>
internal sealed class HttpsRule(ParleyOptions options, IEnumerable<HttpListener> listeners)
{
    private const int HttpsPort = 443;

    private readonly HttpListener? _https = listeners.FirstOrDefault(listener => listener.IsTls);

    /// <summary>Goes on with a request, or answers that it is to come over TLS.</summary>
    public Task ApplyAsync(HttpContext http, RequestDelegate next)
    {
        var host = http.Request.Host.Host;
        if (http.Request.IsHttps)
        {
            // RFC 6797, 8.1.1: an address is no host to remember this of; and this machine's own names are many servers'.
            if (options.HstsDays > 0 && !IPAddress.TryParse(host.Trim('[', ']'), out _) && !HostRule.IsLoopback(host))
            {
                http.Response.Headers.StrictTransportSecurity = string.Create(CultureInfo.InvariantCulture, $"max-age={options.HstsDays * 86400L}");
            }

            return next(http);
        }

        if (!options.HttpsRedirect || _https is null || host.Length == 0
            || http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            || http.Request.Path.StartsWithSegments("/metrics", StringComparison.Ordinal))
        {
            return next(http);
        }

        var port = ((IPEndPoint)_https.Listener.Address).Port;
        var target = port == HttpsPort ? new HostString(host) : new HostString(host, port);
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = $"https://{target}{http.Request.PathBase}{http.Request.Path}{http.Request.QueryString}";
        return Task.CompletedTask;
    }
}
