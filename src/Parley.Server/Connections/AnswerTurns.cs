using Parley.Core.Delivery;

namespace Parley.Server.Connections;

/// <summary>
/// Turns at work on answers that grow with the server, such as the list of all rooms: whoever asks for one gets it slice by slice, none
/// of them on a socket loop, and one processor (if there are two) is left for everybody else, however many ask.
/// </summary>
/// <param name="atOnce">Slices that are worked on at once.</param>
/// <param name="stopping">The server begins to stop: it MUST NOT wait for one that does not read.</param>
internal sealed class AnswerTurns(int atOnce, CancellationToken stopping = default) : IDisposable
{
    /// <summary>Rooms or users that a slice looks at: some hundred microseconds.</summary>
    public const int SliceSize = 128;

    private readonly SemaphoreSlim _places = new(atOnce);
    private int _waiting;

    /// <summary>Slices that wait for their turn.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Slices that are worked on at once where there are so many processors.</summary>
    public static int AtOnce(int processors) => Math.Max(1, processors - 1);

    /// <summary>
    /// Works on an answer, a slice at a time: each when its reader has taken what was answered before, to this question and to earlier
    /// ones, and when it is its turn. So a reader that reads nothing costs one slice, and one that is gone costs none.
    /// </summary>
    /// <param name="reader">The outbox of whoever asks.</param>
    /// <param name="slice">Answers some of it, and returns true if there is more. MUST NOT wait for the reader.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    /// <exception cref="OperationCanceledException">The connection is gone, or the server stops.</exception>
    public async ValueTask AnswerAsync(Outbox reader, Func<CancellationToken, ValueTask<bool>> slice, CancellationToken cancellationToken)
    {
        while (await TakesMoreAsync(reader, cancellationToken) && await RunAsync(token => reader.IsComplete ? new(false) : slice(token), cancellationToken))
        {
            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Completes when a reader has taken nearly all that waits for it: the time to work on what it is answered next. False if it is gone.</summary>
    /// <inheritdoc cref="AnswerAsync"/>
    public async ValueTask<bool> TakesMoreAsync(Outbox reader, CancellationToken cancellationToken)
    {
        reader.Send();
        if (reader.WhenTakenAsync() is { IsCompleted: false } taken)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
            await taken.WaitAsync(either.Token);
        }

        return !reader.IsComplete;
    }

    /// <summary>Works on one slice when it is its turn, behind those that were asked for before.</summary>
    /// <param name="slice">The work, which MUST NOT wait for its reader.</param>
    /// <param name="cancellationToken">The connection is gone: then it is not done.</param>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> slice, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            return await slice(cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
