namespace Parley.Server.Connections;

/// <summary>A token bucket for one connection's lines: a burst at once, then so many a second. What is over it waits, and is not lost.</summary>
/// <param name="burst">Lines that may come at once.</param>
/// <param name="perSecond">Lines a second after that.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandRate(int burst, int perSecond, TimeProvider time)
{
    private double _tokens = burst;
    private long _last = time.GetTimestamp();

    /// <summary>Tokens that are left; below 0 if lines were taken ahead of their time.</summary>
    public double Tokens
    {
        get
        {
            Fill();
            return _tokens;
        }
        set => _tokens = Math.Min(burst, value);
    }

    /// <summary>True if it is a bucket of that size, filled so fast.</summary>
    public bool IsOf(int size, int linesPerSecond) => (burst, perSecond) == (size, linesPerSecond);

    /// <summary>Takes a token for each of some lines; the caller waits for as long as this says.</summary>
    public TimeSpan Take(long lines = 1)
    {
        Fill();
        _tokens -= lines;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
    }

    /// <summary>Takes a token for each of some lines, or none at all.</summary>
    /// <param name="lines">How many; of more than a burst, the bucket only has to be full.</param>
    /// <returns>Zero, or how long until it can be tried again.</returns>
    public TimeSpan TryTake(int lines)
    {
        Fill();
        var needed = Math.Min(lines, burst);
        if (_tokens < needed)
        {
            return TimeSpan.FromSeconds((needed - _tokens) / perSecond);
        }

        _tokens -= lines;
        return TimeSpan.Zero;
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * perSecond));
        _last = now;
    }
}
