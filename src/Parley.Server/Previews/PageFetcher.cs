using System.Net;
using System.Net.Http.Headers;
using Parley.Server.Http;
using Parley.Server.Options;

namespace Parley.Server.Previews;

/// <summary>Fetches a page that somebody has linked to, within bounds of time, bytes and redirects, and reads it.</summary>
internal sealed class PageFetcher : IDisposable
{
    /// <summary>Redirects that are followed, each looked at like the first address.</summary>
    public const int MaxRedirects = 4;

    private readonly ParleyOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<int, bool> _allowsPort;
    private readonly HttpClient _client;

    /// <param name="options">The bounds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="handler">The way out.</param>
    /// <param name="allowsPort">Ports that pages may be at.</param>
    public PageFetcher(ParleyOptions options, TimeProvider time, HttpMessageHandler handler, Func<int, bool> allowsPort)
    {
        (_options, _time, _allowsPort) = (options, time, allowsPort);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>True for the ports of the web: others are no pages for people, and might be somebody's mail server.</summary>
    public static bool IsPortOfTheWeb(int port) => port is 80 or 443;

    /// <summary>A way out to the public Internet and nowhere else: no proxy, which would look names up for itself, no cookies, no redirect that is not looked at.</summary>
    public static SocketsHttpHandler CreateHandler(OutwardGuard guard) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        ConnectCallback = guard.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 2,
        MaxResponseDrainSize = 0,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        UseCookies = false,
        UseProxy = false,
    };

    /// <summary>The page at an address, in a few words; null if there is none that may be read within the bounds.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<LinkPreview?> FetchAsync(Uri link, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.LinkPreviewTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            for (var (at, redirects) = ((Uri?)link, 0); at is not null && LinkFinder.IsPublic(at) && _allowsPort(at.Port) && redirects <= MaxRedirects; redirects++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, at);
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
                request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Parley", "1"));
                request.Headers.UserAgent.Add(new ProductInfoHeaderValue("(link preview)"));
                using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
                {
                    return await ReadAsync(response, at, either.Token);
                }

                at = response.Headers.Location is { } next && Uri.TryCreate(at, next, out var target) ? target : null;
            }

            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or RefusedAddressException or UriFormatException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<LinkPreview?> ReadAsync(HttpResponseMessage response, Uri at, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentType is not { MediaType: "text/html" or "application/xhtml+xml" } type)
        {
            return null;
        }

        // Counted behind the decompression: what unfolds without an end is cut here. The beginning of a long page has its title, too.
        var page = new byte[_options.LinkPreviewKilobytes * 1024];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(page, page.Length, throwOnEndOfStream: false, cancellationToken);
        return PageReader.Read(new MemoryStream(page, 0, length), type.CharSet, at.Host);
    }
}
