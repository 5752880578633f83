using Parley.Net.Sweep;

namespace Parley.Net.Tests.Sweep;

public sealed class SweepSummaryTests
{
    [Fact]
    public void Round_trips_are_summed_up_over_those_who_answered()
    {
        var summary = new SweepSummary();
        foreach (int milliseconds in (int[])[2, 4, 4, 4, 5, 5, 7, 9])
        {
            summary.Add(new ProbeReply(ProbeReplyKind.Answered, TimeSpan.FromMilliseconds(milliseconds)));
        }

        summary.Add(new ProbeReply(ProbeReplyKind.Silent, TimeSpan.FromSeconds(1)));
        summary.Add(new ProbeReply(ProbeReplyKind.Refused, TimeSpan.FromSeconds(1)));

        Assert.Equal((10, 8, 1, 1), (summary.Total, summary.Count(ProbeReplyKind.Answered), summary.Count(ProbeReplyKind.Silent), summary.Count(ProbeReplyKind.Refused)));
        Assert.Equal([2, 5, 9, 2], new[] { summary.Min, summary.Average, summary.Max, summary.Deviation }.Select(time => time.TotalMilliseconds));
    }

    [Fact]
    public void Nobody_is_all_zeros()
    {
        var summary = new SweepSummary();
        Assert.Equal((0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), (summary.Total, summary.Min, summary.Average, summary.Deviation));
    }
}
