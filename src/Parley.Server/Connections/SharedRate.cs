namespace Parley.Server.Connections;

/// <summary>A token bucket that several connections take from.</summary>
/// <param name="burst">What may be taken at once.</param>
/// <param name="perSecond">What is added each second.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedRate(int burst, int perSecond, TimeProvider time)
{
    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly CommandRate _rate = new(burst, perSecond, time);

    /// <summary>Takes some; the caller waits for as long as this says.</summary>
    public TimeSpan Take(long amount)
    {
        lock (_gate)
        {
            return _rate.Take(amount);
        }
    }
}
