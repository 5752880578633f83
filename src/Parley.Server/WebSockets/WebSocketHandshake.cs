using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.Server.WebSockets;

/// <summary>The server's half of the opening handshake (RFC 6455, section 4.2.2), for connections whose socket is taken over after it.</summary>
internal static class WebSocketHandshake
{
    private const string KeySuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Agrees to a request that <see cref="WebSocketManager.IsWebSocketRequest"/> has found good.</summary>
    /// <returns>The bytes behind the request.</returns>
    public static Task<Stream> AcceptAsync(HttpContext http, string? subProtocol)
    {
        var headers = http.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(http.Request.Headers.SecWebSocketKey.ToString());
        if (subProtocol is not null)
        {
            headers.SecWebSocketProtocol = subProtocol;
        }

        return http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    /// <summary>True if a client offers to compress messages.</summary>
    public static bool OffersCompression(HttpRequest request)
        => request.Headers.SecWebSocketExtensions.Any(extensions => extensions?.Contains("permessage-deflate", StringComparison.OrdinalIgnoreCase) == true);

#pragma warning disable CA5350 // The standard has it so; it protects nothing, and only tells servers of WebSocket from others.
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key.Trim() + KeySuffix)));
#pragma warning restore CA5350
}
