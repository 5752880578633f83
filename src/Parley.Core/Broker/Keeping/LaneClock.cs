namespace Parley.Core.Broker.Keeping;

/// <summary>The time of decisions: the clock's, but it never goes back, whatever the clock does.</summary>
internal sealed class LaneClock(TimeProvider time)
{
    private long _lastTicks;

    /// <summary>The time of a decision that is made now.</summary>
    public DateTimeOffset Now() => new(Advance(time.GetUtcNow().UtcTicks), TimeSpan.Zero);

    /// <summary>There are decisions of this time; those to come are not earlier.</summary>
    public void NotBefore(DateTimeOffset last) => Advance(last.UtcTicks);

    private long Advance(long ticks)
    {
        for (var seen = Volatile.Read(ref _lastTicks); seen < ticks;)
        {
            var found = Interlocked.CompareExchange(ref _lastTicks, ticks, seen);
            if (found == seen)
            {
                return ticks;
            }

            seen = found;
        }

        return Volatile.Read(ref _lastTicks);
    }
}
