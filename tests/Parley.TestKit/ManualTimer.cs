namespace Parley.TestKit;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>: goes off when the clock is moved past its time. Guarded by the clock's gate.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    /// <summary>When it goes off next; null while it is not armed.</summary>
    public DateTimeOffset? Due { get; set; }

    /// <summary>The time for which it was set, as it was set.</summary>
    public TimeSpan DueTime { get; set; }

    public TimeSpan Period { get; set; } = Timeout.InfiniteTimeSpan;

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Arm(this, dueTime, period);

    public void Fire() => callback(state);

    public void Dispose() => clock.Disarm(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
