using System.Net;
using System.Net.Http.Headers;
using Parley.Core.Hooks;
using Parley.Server.Http;

namespace Parley.Server.Hooks;

/// <summary>Posts something to a hook, once. Follows no redirect and reads no answer but its status: whoever is behind the URL learns nothing by it.</summary>
internal sealed class HookSender(TimeProvider time, HttpMessageHandler? handler = null) : IDisposable
{
    /// <summary>Time one attempt may take in all.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(handler ?? new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),

        // A name is looked up again now and then.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<HookResult> SendAsync(WebHook hook, byte[] body, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Parley", "1"));
        request.Headers.Add(HookSignature.Header, HookSignature.Of(body, hook.Secret, time.GetUtcNow()));
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return ResultOf(response);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(IsTaken: false, MayHelp: true, default, e is HttpRequestException ? e.Message : $"no answer within {Timeout.TotalSeconds} s");
        }
    }

    public void Dispose() => _client.Dispose();

    private HookResult ResultOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;

        // Whoever says that the request is wrong will say so again.
        var mayHelp = status >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425;
        return new(response.IsSuccessStatusCode, mayHelp, RetryAfter.Of(response.Headers, time.GetUtcNow()), $"status {status}");
    }
}
