namespace Parley.Cli.Bench;

// The rate grows evenly from 0 to full over the ramp R, then stays. So the number of messages that are due before time t is
//
//   n(t) = rate * t^2 / 2R     up to R
//          rate * (t - R/2)    after it
//
// and the time of message n is the inverse of that.

/// <summary>When each message of an open loop is to be sent: arithmetic, without a clock.</summary>
/// <param name="ratePerSecond">The full rate.</param>
/// <param name="ramp">Over which it is reached.</param>
/// <remarks>
/// The schedule MUST NOT depend on how the server does: a message that is sent late, as the one before it was held up, has
/// its latency counted from when it should have been sent. Otherwise a server that stalls would hide its own stall.
/// </remarks>
internal sealed class Pacer(double ratePerSecond, TimeSpan ramp)
{
    private readonly double _rate = ratePerSecond;
    private readonly double _ramp = ramp.TotalSeconds;

    /// <summary>When message <paramref name="number"/> (from 0 on) is due, from the start.</summary>
    public TimeSpan TimeOf(long number)
    {
        double inRamp = _rate * _ramp / 2;
        double seconds = number < inRamp ? Math.Sqrt(2 * _ramp * number / _rate) : number / _rate + _ramp / 2;
        return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
    }

    /// <summary>Returns the number of messages due before <paramref name="time"/>.</summary>
    public double DueBefore(TimeSpan time)
    {
        double t = time.TotalSeconds;
        return t < _ramp ? _rate * t * t / (2 * _ramp) : _rate * (t - _ramp / 2);
    }
}
