using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Core.Tokens;

namespace Parley.Server.Http;

/// <summary>
/// Has a request that comes again under its key do nothing again, and gives it the answer of the first. Failures are not
/// remembered. That a request was begun is noted first: so whoever tries again after the server was cut off knows where to look
/// for what the first has done.
/// </summary>
internal sealed class IdempotentAnswers(IAnswerStore store, TimeProvider time, ILogger<IdempotentAnswers> logger)
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxKeyLength = 200;

    private readonly ConcurrentDictionary<(long Token, string Key), TaskCompletionSource<RememberedAnswer>> _underWay = new();

    /// <summary>Does it, unless it was done or is being done; the answer, and whether it is an old one.</summary>
    /// <param name="token">Who asks.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="fingerprint">What it asks for: another thing under the same key is a mistake.</param>
    /// <param name="act">Does it, or what is left of it, if it was begun at that time before; its answer, and whether nothing was left.</param>
    public async Task<(ReadOnlyMemory<byte> Body, bool IsOld)> AnswerAsync(
        AccessToken token, string key, byte[] fingerprint, Func<DateTimeOffset?, Task<(byte[] Body, bool IsOld)>> act)
    {
        var mine = new TaskCompletionSource<RememberedAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _underWay.GetOrAdd((token.Id, key), mine);
        if (first != mine)
        {
            return (Same(await first.Task, fingerprint), true);
        }

        try
        {
            // Only now: whoever was first before has its answer in the store before it makes way.
            var found = await store.FindAsync(token.Id, key, time.GetUtcNow());
            if (found is { IsOpen: false })
            {
                mine.SetResult(found);
                return (Same(found, fingerprint), true);
            }

            var request = found ?? new RememberedAnswer(token.Id, key, fingerprint, time.GetUtcNow(), default);
            Same(request, fingerprint);
            if (found is null)
            {
                await BeginAsync(request);
            }

            var (body, isOld) = await act(found?.Time);
            var answer = request with { Body = body };
            await RememberAsync(token, answer);
            mine.SetResult(answer);
            return (body, isOld);
        }
        catch (Exception e)
        {
            mine.TrySetException(e);

            // Looked at here, as there may be nobody who waits for it.
            _ = mine.Task.Exception;
            throw;
        }
        finally
        {
            _underWay.TryRemove((token.Id, key), out _);
        }
    }

    private async Task BeginAsync(RememberedAnswer request)
    {
        try
        {
            await store.AddAsync(request);
        }
        catch (TokenStoreException)
        {
            // A status report that is missing is worse than one that is there twice. Nor is the answer likely to be
            // remembered, which is logged.
        }
    }

    private async Task RememberAsync(AccessToken token, RememberedAnswer answer)
    {
        try
        {
            await store.AddAsync(answer);
        }
        catch (TokenStoreException e)
        {
            // It is said, and cannot be taken back.
            Log.AnswerNotRemembered(logger, token.Name.Value, e.Message);
        }
    }

    private static ReadOnlyMemory<byte> Same(RememberedAnswer answer, byte[] fingerprint)
        => answer.Fingerprint.Span.SequenceEqual(fingerprint)
            ? answer.Body
            : throw new ProblemException(
                StatusCodes.Status422UnprocessableEntity, "This Idempotency-Key was used for another message, take a new one");
}
