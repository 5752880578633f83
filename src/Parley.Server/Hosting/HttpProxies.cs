using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Parley.Server.Http;
using Parley.Server.Options;

namespace Parley.Server.Hosting;

/// <summary>HTTP behind proxies: those that may speak for others say for whom, and whether it came by TLS.</summary>
internal static class HttpProxies
{
    /// <summary>Has limits, the log and the status page go by whom a proxy asks for. MUST come ahead of all that looks at a request.</summary>
    public static void UseHttpProxies(this IApplicationBuilder app, NetworkList proxies)
    {
        if (proxies.IsEmpty)
        {
            return;
        }

        // However many proxies there are in a row: the first address, from the right, that is no proxy's is the client's.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies.Networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.Use((http, next) =>
        {
            if (http.Connection.RemoteIpAddress is { } address && proxies.Contains(address))
            {
                http.Features.Set(ForwardedRequest.Mark);
                NameScheme(http.Request.Headers);
            }

            return next(http);
        });
        app.UseForwardedHeaders(options);
    }

    /// <summary>Some proxies name the scheme of a WebSocket, which is secure as that of HTTP is.</summary>
    private static void NameScheme(IHeaderDictionary headers)
    {
        var schemes = headers[ForwardedHeadersDefaults.XForwardedProtoHeaderName].ToString();
        if (schemes.Contains("ws", StringComparison.OrdinalIgnoreCase))
        {
            headers[ForwardedHeadersDefaults.XForwardedProtoHeaderName] =
                string.Join(',', schemes.Split(',', StringSplitOptions.TrimEntries).Select(scheme => scheme.ToUpperInvariant() switch
                {
                    "WSS" => "https",
                    "WS" => "http",
                    _ => scheme,
                }));
        }
    }
}
