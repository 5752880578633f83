using System.Net;

namespace Parley.Server.Accounts.Outside;

/// <summary>The way to the identity provider: no redirects, no cookies, and nothing that takes long or is large.</summary>
internal sealed class ProviderHttp : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int MaxAnswerBytes = 1024 * 1024;

    public ProviderHttp()
        : this(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
    {
    }

    internal ProviderHttp(HttpMessageHandler handler)
        => Client = new HttpClient(handler) { Timeout = Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };

    public HttpClient Client { get; }

    public void Dispose() => Client.Dispose();
}
