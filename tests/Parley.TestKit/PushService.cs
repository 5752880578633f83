using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;

namespace Parley.TestKit;

/// <summary>A push service without a network: takes what comes, and answers as it is told to.</summary>
public sealed class PushService : HttpMessageHandler
{
    private readonly Channel<PushRequest> _requests = Channel.CreateUnbounded<PushRequest>();
    private readonly ConcurrentQueue<Func<Task<HttpResponseMessage>>> _answers = new();

    /// <summary>Whether none is there that was not read.</summary>
    public bool IsEmpty => _requests.Reader.Count == 0;

    /// <summary>Has the next request answered with a status; what is not told is answered with 201.</summary>
    public void AnswerNext(HttpStatusCode status, TimeSpan? retryAfter = null) => _answers.Enqueue(() =>
    {
        var response = new HttpResponseMessage(status);
        response.Headers.RetryAfter = retryAfter is { } after ? new(after) : null;
        return Task.FromResult(response);
    });

    /// <summary>Has the next request answered when a task completes.</summary>
    public void HoldNext(Task until) => _answers.Enqueue(async () =>
    {
        await until;
        return new HttpResponseMessage(HttpStatusCode.Created);
    });

    /// <summary>The next request that comes.</summary>
    public Task<PushRequest> NextAsync() => _requests.Reader.ReadAsync().AsTask().WithinSafetyAsync();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        var answer = _answers.TryDequeue(out var told) ? told : () => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Created));
        _requests.Writer.TryWrite(new PushRequest(request.RequestUri!.AbsoluteUri, request.Headers, string.Join(',', request.Content.Headers.ContentEncoding), body));
        return await answer().WaitAsync(cancellationToken);
    }
}
