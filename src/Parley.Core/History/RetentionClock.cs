namespace Parley.Core.History;

/// <summary>
/// The time by which what is old is removed. It is never ahead of the clock, and never further than what it is about has lived through:
/// a clock that is wrong for an hour makes nothing older than two hours older than it is.
/// </summary>
/// <param name="known">The last time that the store knows of; null if it is new. Asked for once.</param>
/// <param name="time">The clock.</param>
/// <remarks>
/// It goes on from where it was, also across restarts, as time passes; twice as fast while it is behind the clock, as it is after
/// the server was down. What is removed too late does no harm that could not be undone.
/// </remarks>
public sealed class RetentionClock(Func<DateTimeOffset?> known, TimeProvider time)
{
    private const int CatchUpFactor = 2;

    /// <summary>A clock further ahead than this is worth a word. A server is down for an hour now and then.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    private DateTimeOffset? _reached;
    private long _reachedAt;
    private bool _wasAhead;

    /// <summary>The time to remove by.</summary>
    /// <param name="jump">How far the clock is ahead, if that has come to be too much since the last time.</param>
    public DateTimeOffset Now(out TimeSpan? jump)
    {
        var now = time.GetUtcNow();
        var at = time.GetTimestamp();
        var reached = _reached is { } last ? Later(last, time.GetElapsedTime(_reachedAt, at) * CatchUpFactor) : known() ?? now;
        reached = reached < now ? reached : now;
        (_reached, _reachedAt) = (reached, at);
        var isAhead = now - reached > MaxAhead;
        jump = isAhead && !_wasAhead ? now - reached : null;
        _wasAhead = isAhead;
        return reached;
    }

    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan by) => by < DateTimeOffset.MaxValue - time ? time + by : DateTimeOffset.MaxValue;
}
