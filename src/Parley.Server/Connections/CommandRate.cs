namespace Parley.Server.Connections;

/// <summary>A token bucket for one connection's lines: a burst at once, then so many a second. What is over it waits, and is not lost.</summary>
/// <param name="burst">Lines that may come at once.</param>
/// <param name="perSecond">Lines a second after that.</param>
/// <param name="time">The clock.</param>
internal sealed class CommandRate(int burst, int perSecond, TimeProvider time)
{
    private double _tokens = burst;
    private long _last = time.GetTimestamp();

    /// <summary>Takes a token for one line; the caller waits for as long as this says.</summary>
    public TimeSpan Take()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * perSecond)) - 1;
        _last = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
    }
}
