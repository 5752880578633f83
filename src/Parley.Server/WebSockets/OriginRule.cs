using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Parley.Server.Options;

namespace Parley.Server.WebSockets;

/// <summary>
/// Which pages may open a WebSocket: those that this server has served, and those of the origins that are set. Browsers say
/// of which page they are; other programs say nothing, and are let in.
/// </summary>
internal sealed class OriginRule(ParleyOptions options)
{
    private readonly HashSet<string> _origins =
        options.WebOrigins.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(origin => origin.TrimEnd('/')).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request may go on.</summary>
    public bool Allows(HttpRequest request)
    {
        if (StringValues.IsNullOrEmpty(request.Headers.Origin))
        {
            return true;
        }

        var origin = request.Headers.Origin.ToString();
        return _origins.Contains(origin)
            || _origins.Contains("*")
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
