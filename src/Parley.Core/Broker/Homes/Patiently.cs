using Parley.Core.History;

namespace Parley.Core.Broker.Homes;

/// <summary>Asks history again and again: until it can be read, a new home decides nothing.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="ask">Asks; null: it cannot be said now.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<T> AskAsync<T>(Func<Task<T?>> ask, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            try
            {
                if (await ask() is { } found)
                {
                    return found;
                }
            }
            catch (HistoryException)
            {
                // It is tried again, as long as anybody wants it.
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
