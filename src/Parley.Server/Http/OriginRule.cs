using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Parley.Core.Text;
using Parley.Server.Options;

namespace Parley.Server.Http;

/// <summary>
/// Which pages may open a WebSocket: those that this server has served, and those of the origins that are set. Browsers say
/// of which page they are; other programs say nothing, and are let in.
/// </summary>
internal sealed class OriginRule(ParleyOptions options)
{
    private readonly LiveList _origins = new(() => options.WebOrigins);

    /// <summary>True if a request may go on.</summary>
    public bool Allows(HttpRequest request)
    {
        if (StringValues.IsNullOrEmpty(request.Headers.Origin))
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();
        return _origins.Entries.Contains(origin)
            || _origins.Entries.Contains("*")
            || (AbsoluteUrl.TryParse(origin, out var page) && IsOwn(page, request));
    }

    /// <summary>
    /// True if a page is of the host that the request is for. A port that is not named is that of the scheme. The scheme itself is that of
    /// the page, as a proxy need not tell by which it was asked; but where that was https, a page of http is somebody else's.
    /// </summary>
    private static bool IsOwn(Uri page, HttpRequest request)
        => page.Scheme is "http" or "https"
            && !(request.IsHttps && page.Scheme == "http")
            && page.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
            && page.Port == (request.Host.Port ?? (page.Scheme == "https" ? 443 : 80));
}
