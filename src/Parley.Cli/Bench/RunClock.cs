namespace Parley.Cli.Bench;

/// <summary>The time since all senders were let go.</summary>
internal sealed class RunClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Time { get; } = time;

    public TimeSpan Elapsed => Time.GetElapsedTime(_start);

    /// <summary>Waits until then. Never returns before, but, as timers go, up to some milliseconds after it.</summary>
    public async ValueTask WaitUntilAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        for (TimeSpan wait = due - Elapsed; wait > TimeSpan.Zero; wait = due - Elapsed)
        {
            // Timers count in whole milliseconds and round down: less than one would be none.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
