using Microsoft.Extensions.Logging;

namespace Parley.Cli.Serve;

/// <summary>Entries of one kind: so many at once, then one now and then, and the others are counted.</summary>
internal sealed class LogBudget(ILogger logger, LogLevel level, int kind, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _left = GuardedLoggerProvider.Burst;
    private long _filledAt = time.GetTimestamp();
    private long _leftOut;

    /// <summary>True if one more may be written.</summary>
    /// <param name="leftOut">Those before it that were not, which it tells of.</param>
    public bool TryTake(out long leftOut)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(GuardedLoggerProvider.Burst, _left + (time.GetElapsedTime(_filledAt, now) / GuardedLoggerProvider.Interval));
            _filledAt = now;
            if (_left < 1)
            {
                _leftOut++;
                leftOut = 0;
                return false;
            }

            _left--;
            leftOut = _leftOut;
            _leftOut = 0;
            return true;
        }
    }

    /// <summary>Tells of those that were not written, if no later one did.</summary>
    public void TellLeftOut()
    {
        long leftOut;
        lock (_gate)
        {
            leftOut = _leftOut;
            _leftOut = 0;
        }

        if (leftOut > 0 && logger.IsEnabled(level))
        {
            logger.Log(level, new EventId(kind), leftOut == 1 ? $"1 more entry of kind {kind} was not written" : $"{leftOut} more entries of kind {kind} were not written", null, static (text, _) => text);
        }
    }
}
