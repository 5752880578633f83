namespace Parley.Client;

/// <summary>Delay before the next attempt to connect: twice as long after each failure, less a random part.</summary>
/// <remarks>
/// The random part is up to half of the delay: enough that the clients of a restarted server do not come back all at once,
/// and never so much that one of them hammers at it.
/// </remarks>
internal sealed class Backoff(TimeSpan min, TimeSpan max, Random random)
{
    /// <summary>The delay after so many failures in a row, 0 being the first.</summary>
    public TimeSpan After(int failures)
    {
        // 2^30 times any delay that makes sense is past any maximum that does.
        double full = Math.Min(max.TotalMilliseconds, min.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30)));
        return TimeSpan.FromMilliseconds(full * (1 - (random.NextDouble() / 2)));
    }
}
