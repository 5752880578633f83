namespace Parley.Server.Connections;

/// <summary>A token bucket that several connections take from.</summary>
/// <param name="size">What may be taken at once, and what is added each second, asked anew each time: a reload may change both.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedRate(Func<(int Burst, int PerSecond)> size, TimeProvider time)
{
    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private CommandRate _rate = new(size().Burst, size().PerSecond, time);

    /// <summary>Takes some; the caller waits for as long as this says.</summary>
    public TimeSpan Take(long amount)
    {
        lock (_gate)
        {
            var (burst, perSecond) = size();
            if (!_rate.IsOf(burst, perSecond))
            {
                // Whoever has spent its burst does not get another one by a reload.
                _rate = new CommandRate(burst, perSecond, time) { Tokens = _rate.Tokens };
            }

            return _rate.Take(amount);
        }
    }
}
