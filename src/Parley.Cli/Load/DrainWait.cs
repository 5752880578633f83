namespace Parley.Cli.Load;

/// <summary>The wait at the end for what is still under way.</summary>
internal static class DrainWait
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until nothing is missing, or nothing has come for as long as <paramref name="quiet"/>.</summary>
    /// <param name="missing">How many messages are missing now.</param>
    public static async Task WaitAsync(Func<long> missing, TimeSpan quiet, TimeProvider time)
    {
        long least = long.MaxValue;
        long lastChange = time.GetTimestamp();
        while (time.GetElapsedTime(lastChange) < quiet)
        {
            long now = missing();
            if (now == 0)
            {
                return;
            }

            if (now < least)
            {
                least = now;
                lastChange = time.GetTimestamp();
            }

            await Task.Delay(Step, time).ConfigureAwait(false);
        }
    }
}
