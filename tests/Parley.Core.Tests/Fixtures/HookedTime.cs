namespace Parley.Core.Tests.Fixtures;

/// <summary>
/// A clock that stands at one instant and lets a test in whenever it is read: the broker reads it between two steps of
/// what it does, with no room's gate held.
/// </summary>
internal sealed class HookedTime : TimeProvider
{
    public static readonly DateTimeOffset Instant = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private int _reads;

    /// <summary>Called with the number of the read since <see cref="Reset"/>, from 1.</summary>
    public Action<int>? OnRead { get; private set; }

    public void Reset(Action<int> onRead)
    {
        _reads = 0;
        OnRead = onRead;
    }

    public override DateTimeOffset GetUtcNow()
    {
        OnRead?.Invoke(Interlocked.Increment(ref _reads));
        return Instant;
    }
}
