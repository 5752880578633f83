namespace Parley.Server.Connections;

/// <summary>
/// Turns at work on answers that grow with the server, such as the list of all rooms: whoever asks for one gets it slice by slice, none
/// of them on a socket loop, and one processor (if there are two) is left for everybody else, however many ask.
/// </summary>
/// <param name="atOnce">Slices that are worked on at once.</param>
internal sealed class AnswerTurns(int atOnce) : IDisposable
{
    /// <summary>Rooms or users that a slice looks at: some hundred microseconds.</summary>
    public const int SliceSize = 128;

    private readonly SemaphoreSlim _places = new(atOnce);

    /// <summary>Slices that are worked on at once where there are so many processors.</summary>
    public static int AtOnce(int processors) => Math.Max(1, processors - 1);

    /// <summary>Works on one slice when it is its turn, behind those that were asked for before.</summary>
    /// <param name="slice">The work, which MUST NOT wait for its reader.</param>
    /// <param name="cancellationToken">The connection is gone: then it is not done.</param>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> slice, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
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
