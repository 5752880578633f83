namespace Parley.Core.History;

/// <summary>
/// Bounds what is kept of a room's comings and goings, so that they cost little, and never push out most of what was said:
/// as many as there are messages, one more a minute, and some at once.
/// </summary>
internal sealed class EventBudget
{
    /// <summary>That many may come at once.</summary>
    public const int Burst = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private int _left = Burst;
    private DateTimeOffset _refilled;

    /// <summary>A message was kept.</summary>
    public void Earn()
    {
        if (Volatile.Read(ref _left) < Burst)
        {
            lock (_gate)
            {
                _left = Math.Min(Burst, _left + 1);
            }
        }
    }

    /// <summary>True if one more is kept.</summary>
    public bool TrySpend(DateTimeOffset now)
    {
        lock (_gate)
        {
            return TrySpendLocked(now);
        }
    }

    private bool TrySpendLocked(DateTimeOffset now)
    {
        var intervals = (now - _refilled) / Interval;
        if (intervals >= 1)
        {
            _left = (int)Math.Min(Burst, _left + Math.Floor(intervals));
            _refilled = now;
        }

        if (_left == 0)
        {
            return false;
        }

        _left--;
        return true;
    }
}
