using Parley.Net.Echo;

namespace Parley.Net.Tests.Echo;

public sealed class DurationHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue / 2)]
    public void A_percentile_is_never_less_than_the_truth_nor_more_than_1_6_percent_over_it(long ticks)
    {
        var histogram = new DurationHistogram();
        histogram.Record(TimeSpan.FromTicks(ticks));
        histogram.Record(TimeSpan.MaxValue);

        long median = histogram.Percentile(50).Ticks;
        Assert.InRange(median, ticks, ticks + (ticks / 64));
    }

    [Fact]
    public void Percentiles_are_those_of_what_was_recorded()
    {
        var histogram = new DurationHistogram();
        Parallel.For(1, 10_001, i => histogram.Record(TimeSpan.FromMicroseconds(i)));

        Assert.Equal(10_000, histogram.Count);
        Assert.Equal(TimeSpan.FromMicroseconds(10_000), histogram.Max);
        Assert.Equal(histogram.Max, histogram.Percentile(100));
        Assert.InRange(histogram.Percentile(50).TotalMicroseconds, 5_000, 5_080);
        Assert.InRange(histogram.Percentile(99).TotalMicroseconds, 9_900, 10_000);
        Assert.InRange(histogram.Percentile(0).TotalMicroseconds, 1, 1.1);
    }

    [Fact]
    public void Nothing_recorded_is_zero()
    {
        var histogram = new DurationHistogram();
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (histogram.Percentile(99), histogram.Max));
        histogram.Record(TimeSpan.FromTicks(-5));
        Assert.Equal(TimeSpan.Zero, histogram.Percentile(50));
    }
}
