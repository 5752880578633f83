using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
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
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies.Networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }
}
