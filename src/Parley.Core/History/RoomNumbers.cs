namespace Parley.Core.History;

/// <summary>Numbers and dates the events under one name, for as long as the process lives, however often the room is made anew.</summary>
/// <param name="last">The last number that history has; 0 for none.</param>
/// <param name="areKept">Whether there is history: then only what it keeps takes a number, and so its numbers have no gaps.</param>
/// <param name="lastTime">The time of the newest event that history has.</param>
internal sealed class RoomNumbers(long last, bool areKept, DateTimeOffset lastTime = default)
{
    private long _last = last;
    private long _lastTicks = lastTime.UtcTicks;

    /// <summary>True if there is history.</summary>
    public bool AreKept { get; } = areKept;

    /// <summary>The last number that was given before this process began.</summary>
    public long Earlier { get; } = last;

    /// <summary>The number given last.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Names that the room had before it took this one. Written by the lane, or before anybody else knows the numbers.</summary>
    public IReadOnlyList<FormerName> FormerNames { get; set; } = [];

    /// <summary>Budget of the room's events that are kept beside its messages.</summary>
    public EventBudget Events { get; } = new();

    /// <summary>The number of the next event.</summary>
    public long Next(bool isKept) => isKept || !AreKept ? Interlocked.Increment(ref _last) : Last;

    /// <summary>The time of the next event: the clock's, but it never goes back, whatever the clock does.</summary>
    /// <param name="now">What the clock says, UTC.</param>
    /// <param name="isKept">False for an event that has no number of its own: then it is told apart by its time.</param>
    public DateTimeOffset TimeOf(DateTimeOffset now, bool isKept)
    {
        for (var last = Volatile.Read(ref _lastTicks); ;)
        {
            var earliest = isKept || last == DateTimeOffset.MaxValue.UtcTicks ? last : last + 1;
            var time = Math.Max(now.UtcTicks, earliest);
            var found = Interlocked.CompareExchange(ref _lastTicks, time, last);
            if (found == last)
            {
                return new DateTimeOffset(time, TimeSpan.Zero);
            }

            last = found;
        }
    }

    /// <summary>Has all that comes numbered behind these, and not dated before them.</summary>
    public void NotBelow(RoomNumbers other)
    {
        NotBelow(other.Last);
        TimeOf(new DateTimeOffset(Volatile.Read(ref other._lastTicks), TimeSpan.Zero), isKept: true);
    }

    /// <summary>The next number is above this one.</summary>
    public void NotBelow(long number)
    {
        for (var last = Last; last < number;)
        {
            var found = Interlocked.CompareExchange(ref _last, number, last);
            last = found == last ? number : found;
        }
    }
}
