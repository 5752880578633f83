namespace Parley.TestKit;

/// <summary>
/// A clock that stands still until it is moved by hand. Timers, and so <c>Task.Delay</c>, <c>WaitAsync</c> and
/// <see cref="CancellationTokenSource"/> made with it, go off while it is moved, in order, on the mover's thread.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<ManualTimer> _armed = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _waiters = [];
    private DateTimeOffset _now;
    private TimeSpan _jumped;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>Starts on the first of June 2026, at noon UTC, unless told otherwise.</summary>
    public ManualTimeProvider(DateTimeOffset? start = null)
        => _now = start ?? new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => _zone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set and have not gone off.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    public void SetLocalTimeZone(TimeZoneInfo zone) => _zone = zone;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return (_now - _jumped).UtcTicks;
        }
    }

    /// <summary>Sets the clock, as somebody does by hand: no time has passed, and nothing comes due.</summary>
    public void SetUtcNow(DateTimeOffset now)
    {
        lock (_gate)
        {
            var jump = now - _now;
            foreach (var timer in _armed)
            {
                timer.Due += jump;
            }

            (_jumped, _now) = (_jumped + jump, now);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        Arm(timer, dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, and sets off what comes due on the way, each at its own time.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        DateTimeOffset end;
        lock (_gate)
        {
            end = _now + time;
        }

        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Completes when at least so many timers are armed.</summary>
    public Task WhenTimersArmedAsync(int count) => WhenAsync(() => _armed.Count >= count);

    /// <summary>
    /// Completes when a timer is armed that goes off once and was set for exactly that time. Timers that go off again and
    /// again, such as a watchdog's, are armed from the start and prove nothing.
    /// </summary>
    public Task WhenTimerArmedAsync(TimeSpan dueTime) => WhenTimersArmedAsync(1, dueTime);

    /// <summary>Completes when at least so many timers are armed that go off once and were set for exactly that time.</summary>
    public Task WhenTimersArmedAsync(int count, TimeSpan dueTime)
        => WhenAsync(() => _armed.Count(timer => timer.DueTime == dueTime && !(timer.Period > TimeSpan.Zero)) >= count);

    /// <summary>Completes when a timer is armed that goes off again and again with that period.</summary>
    public Task WhenPeriodicTimerArmedAsync(TimeSpan period) => WhenAsync(() => _armed.Any(timer => timer.Period == period));

    internal bool Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == TimeSpan.Zero)
        {
            Disarm(timer);
            timer.Fire();
            return true;
        }

        lock (_gate)
        {
            timer.Period = period;
            timer.DueTime = dueTime;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                timer.Due = null;
                _armed.Remove(timer);
            }
            else
            {
                timer.Due = _now + dueTime;
                _armed.Add(timer);
            }

            _waiters.RemoveAll(waiter => waiter.Condition() && waiter.Met.TrySetResult());
        }

        return true;
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.Due = null;
            _armed.Remove(timer);
        }
    }

    private Task WhenAsync(Func<bool> condition)
    {
        lock (_gate)
        {
            if (condition())
            {
                return Task.CompletedTask;
            }

            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((condition, met));
            return met.Task.WaitAsync(Safety.Timeout, System);
        }
    }

    /// <summary>The next timer that is due by then, with the clock moved to its time; or none, and the clock is there.</summary>
    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _armed.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null)
            {
                _now = end;
                return null;
            }

            _now = next.Due!.Value;
            next.Due = next.Period > TimeSpan.Zero ? _now + next.Period : null;
            if (next.Due is null)
            {
                _armed.Remove(next);
            }

            return next;
        }
    }
}
