using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Parley.TestKit;

namespace Parley.Server.Tests.Hooks;

/// <summary>The other side of a web hook, without a network: takes what comes, and answers as it is told to.</summary>
internal sealed class HookReceiver : HttpMessageHandler
{
    private readonly Channel<(string Body, string Signature)> _requests = Channel.CreateUnbounded<(string, string)>();
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    /// <summary>Has the next request answered with a status; what is not told is answered with 204.</summary>
    public void AnswerNext(HttpStatusCode status, TimeSpan? retryAfter = null) => _answers.Enqueue(_ =>
    {
        var response = new HttpResponseMessage(status);
        response.Headers.RetryAfter = retryAfter is { } after ? new(after) : null;
        return Task.FromResult(response);
    });

    /// <summary>Has the next request answered with a header as it stands, whether or not it can be read.</summary>
    public void AnswerNext(HttpStatusCode status, string retryAfter) => _answers.Enqueue(_ =>
    {
        var response = new HttpResponseMessage(status);
        response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return Task.FromResult(response);
    });

    /// <summary>Has the next request fail, as a network does unless said otherwise.</summary>
    public void FailNext(Exception? reason = null)
        => _answers.Enqueue(_ => Task.FromException<HttpResponseMessage>(reason ?? new HttpRequestException("no route")));

    /// <summary>Has the next request wait for its answer, for ever unless the sender gives it up.</summary>
    public void HoldNext(Task? until = null) => _answers.Enqueue(async cancellationToken =>
    {
        await (until ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)).WaitAsync(cancellationToken);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    });

    /// <summary>The next request that comes.</summary>
    public Task<(string Body, string Signature)> NextAsync() => _requests.Reader.ReadAsync().AsTask().WithinSafetyAsync();

    /// <summary>Whether none is there that was not read.</summary>
    public bool IsEmpty => _requests.Reader.Count == 0;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        var answer = _answers.TryDequeue(out var told) ? told : _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        _requests.Writer.TryWrite((body, request.Headers.GetValues("Parley-Signature").Single()));
        return await answer(cancellationToken);
    }
}
