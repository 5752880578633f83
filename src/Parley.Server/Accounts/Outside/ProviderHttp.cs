using System.Net;
using Parley.Server.Options;

namespace Parley.Server.Accounts.Outside;

/// <summary>The way to the identity provider: no redirects, no cookies, and nothing that takes long or is large.</summary>
internal sealed class ProviderHttp : IDisposable
{
    private const int MaxAnswerBytes = 1024 * 1024;

    public ProviderHttp(OidcOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        Client = new HttpClient(handler) { Timeout = options.Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    public HttpClient Client { get; }

    public void Dispose() => Client.Dispose();
}
