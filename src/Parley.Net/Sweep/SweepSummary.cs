namespace Parley.Net.Sweep;

/// <summary>A sweep in numbers; the round trips are those of the targets that answered.</summary>
public sealed class SweepSummary
{
    private readonly Dictionary<ProbeReplyKind, int> _counts = [];
    private double _mean;
    private double _squares;

    /// <summary>Number of targets.</summary>
    public int Total { get; private set; }

    /// <summary>The shortest round trip; zero if nobody answered.</summary>
    public TimeSpan Min { get; private set; }

    /// <summary>The mean round trip.</summary>
    public TimeSpan Average => TimeSpan.FromTicks((long)_mean);

    /// <summary>The longest round trip.</summary>
    public TimeSpan Max { get; private set; }

    /// <summary>The standard deviation of the round trips, which <c>ping</c> calls mdev.</summary>
    public TimeSpan Deviation => Count(ProbeReplyKind.Answered) is > 0 and var answered
        ? TimeSpan.FromTicks((long)Math.Sqrt(_squares / answered))
        : TimeSpan.Zero;

    /// <summary>Returns the number of targets with a reply of that kind.</summary>
    public int Count(ProbeReplyKind kind) => _counts.GetValueOrDefault(kind);

    /// <summary>Counts a reply in.</summary>
    public void Add(ProbeReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        Total++;
        int count = Count(reply.Kind) + 1;
        _counts[reply.Kind] = count;
        if (reply.Kind != ProbeReplyKind.Answered)
        {
            return;
        }

        // Welford: https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance; sums of squares would lose digits.
        double ticks = reply.RoundTrip.Ticks;
        double distance = ticks - _mean;
        _mean += distance / count;
        _squares += distance * (ticks - _mean);
        Min = count == 1 || reply.RoundTrip < Min ? reply.RoundTrip : Min;
        Max = reply.RoundTrip > Max ? reply.RoundTrip : Max;
    }
}
