using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Web;

/// <summary>
/// Policy that tells browsers what the page may do, which is what it does and nothing else: its own files, its own server, no
/// inline script or style, no frame around it.
/// </summary>
internal static class ContentSecurity
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; worker-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types service-worker; "
        + "connect-src 'self'";

    private static readonly SearchValues<char> HostCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-[]");

    /// <summary>Says it in the head of an answer.</summary>
    public static void Apply(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy + WebSocketOf(http.Request.Host.Value ?? "");
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        ApplyToPart(http);
    }

    /// <summary>
    /// Says of a script or a style sheet what browsers ask of those. A policy is for documents: on the hundred files of a first
    /// visit it would be a quarter of the bytes.
    /// </summary>
    public static void ApplyToPart(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>
    /// The WebSocket of this server, by name: not every browser counts it as of the same origin. Both schemes, as what is
    /// HTTP here is HTTPS for whoever comes through a proxy.
    /// </summary>
    private static string WebSocketOf(string host)
        => host.Length == 0 || host.AsSpan().ContainsAnyExcept(HostCharacters) ? "" : $" ws://{host} wss://{host}";
}
