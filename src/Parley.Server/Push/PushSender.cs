using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Parley.Core.Push;
using Parley.Server.Http;

namespace Parley.Server.Push;

/// <summary>Posts a message to a push service, once (RFC 8030). Follows no redirect and reads no answer but its status.</summary>
internal sealed class PushSender : IDisposable
{
    /// <summary>Time that one attempt may take in all.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Time for which a push service holds a message for a device that is off.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(7);

    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public PushSender(TimeProvider time, HttpMessageHandler handler)
    {
        _time = time;
        _client = new HttpClient(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
    }

    /// <summary>A way out to push services and nowhere else: no proxy, which would look names up for itself, no redirects, no cookies.</summary>
    public static SocketsHttpHandler CreateHandler(OutwardGuard guard) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ConnectCallback = guard.ConnectAsync,
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        MaxConnectionsPerServer = 8,

        // A name is looked up again now and then.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<PushResult> SendAsync(PushSubscription subscription, PushMessage message, PushIdentity identity, CancellationToken cancellationToken)
    {
        var endpoint = new Uri(subscription.Endpoint);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(Encrypt(subscription, message)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.Add("TTL", TimeToLive.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", "high");
        request.Headers.Add("Topic", message.Topic);
        request.Headers.Authorization = new AuthenticationHeaderValue("vapid", identity.Authorize(endpoint, _time.GetUtcNow()));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Parley", "1"));

        using var timeout = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return ResultOf(response);
        }
        catch (HttpRequestException e) when (e.InnerException is RefusedAddressException refused)
        {
            return new(PushOutcome.Refused, default, refused.Message);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(PushOutcome.Failed, default, e is HttpRequestException ? e.Message : $"no answer within {Timeout.TotalSeconds} s");
        }
    }

    public void Dispose() => _client.Dispose();

    private static byte[] Encrypt(PushSubscription subscription, PushMessage message)
        => PushEncryption.Encrypt(message.Line, Base64Url.DecodeFromChars(subscription.PublicKey), Base64Url.DecodeFromChars(subscription.Secret));

    private PushResult ResultOf(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var outcome = response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => PushOutcome.Taken,
            HttpStatusCode.NotFound or HttpStatusCode.Gone => PushOutcome.Gone,
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425 => PushOutcome.Failed,
            _ => status >= 500 ? PushOutcome.Failed : PushOutcome.Refused,
        };
        return new(outcome, RetryAfter.Of(response.Headers, _time.GetUtcNow()), $"status {status}");
    }
}
