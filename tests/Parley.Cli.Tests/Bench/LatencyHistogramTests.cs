using Parley.Cli.Bench;

namespace Parley.Cli.Tests.Bench;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Percents = [0, 1, 50, 90, 99, 99.9, 99.99, 100];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_percentile_is_at_most_one_part_in_128_over_the_true_one_and_never_under_it(int seed)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        // From 100 ns to over an hour, as evenly as latencies are: by their magnitude.
        TimeSpan[] recorded = [.. Enumerable.Range(0, 20_000).Select(_ => TimeSpan.FromTicks((long)Math.Pow(10, random.NextDouble() * 10.5)))];
        Array.ForEach(recorded, histogram.Record);
        Array.Sort(recorded);

        foreach (double percent in Percents)
        {
            TimeSpan exact = recorded[Math.Max(0, (int)Math.Ceiling(recorded.Length * percent / 100) - 1)];
            TimeSpan told = histogram.Percentile(percent);
            Assert.InRange(told.Ticks, exact.Ticks, exact.Ticks * (1 + 1.0 / LatencyHistogram.StepsPerDoubling));
        }

        Assert.Equal(recorded[^1], histogram.Max);
        Assert.Equal(recorded.Length, histogram.Count);
    }

    [Fact]
    public void Buckets_follow_each_other_without_a_gap_and_hold_what_was_recorded()
    {
        var histogram = new LatencyHistogram();
        for (long ticks = 0; ticks < 100_000; ticks++)
        {
            histogram.Record(TimeSpan.FromTicks(ticks));
        }

        LatencyBucket[] buckets = [.. histogram.Buckets];
        Assert.Equal(100_000, buckets.Sum(bucket => bucket.Count));
        Assert.All(buckets, bucket =>
        {
            long held = Enumerable.Range(0, 100_000).Count(ticks => bucket.FromNanoseconds <= ticks * 100L && ticks * 100L <= bucket.ToNanoseconds);
            Assert.Equal(held, bucket.Count);
        });
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.True(pair.First.ToNanoseconds < pair.Second.FromNanoseconds));
    }

    [Fact]
    public void An_empty_histogram_says_0()
    {
        var histogram = new LatencyHistogram();

        Assert.Equal(TimeSpan.Zero, histogram.Percentile(50));
        Assert.Equal(TimeSpan.Zero, histogram.Max);
        Assert.Empty(histogram.Buckets);
    }

    [Fact]
    public void What_is_out_of_range_counts_as_the_nearest_that_is_in()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromTicks(-5));
        histogram.Record(TimeSpan.MaxValue);

        Assert.Equal(TimeSpan.Zero, histogram.Percentile(50));
        Assert.InRange(histogram.Percentile(100).TotalHours, 2, 3);
        Assert.Equal(2, histogram.Count);
    }

    [Fact]
    public async Task Threads_that_record_at_once_lose_nothing()
    {
        var histogram = new LatencyHistogram();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 50_000; i++)
            {
                histogram.Record(TimeSpan.FromTicks(thread * (i + 1)));
            }
        })));

        Assert.Equal(200_000, histogram.Count);
        Assert.Equal(200_000, histogram.Max.Ticks);
    }
}
