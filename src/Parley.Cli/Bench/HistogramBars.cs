namespace Parley.Cli.Bench;

/// <summary>A latency histogram cut into bars of equal width on a logarithmic axis that begins and ends at a round number.</summary>
internal sealed class HistogramBars
{
    private const int BarsPerDecade = 24;

    private HistogramBars(int fromDecade, long[] counts)
    {
        FromDecade = fromDecade;
        Counts = counts;
    }

    /// <summary>The axis begins at ten to the power of this, in nanoseconds.</summary>
    public int FromDecade { get; }

    public int Decades => Counts.Count / BarsPerDecade;

    /// <summary>Number of latencies in each bar.</summary>
    public IReadOnlyList<long> Counts { get; }

    public static HistogramBars Of(IReadOnlyList<LatencyBucket> buckets)
    {
        if (buckets.Count == 0)
        {
            return new HistogramBars(fromDecade: 3, new long[BarsPerDecade]);
        }

        int from = (int)Math.Floor(Log(buckets[0]));
        int to = Math.Max(from + 1, (int)Math.Ceiling(Log(buckets[^1])));
        long[] counts = new long[(to - from) * BarsPerDecade];
        foreach (LatencyBucket bucket in buckets)
        {
            int bar = (int)((Log(bucket) - from) * BarsPerDecade);
            counts[Math.Min(bar, counts.Length - 1)] += bucket.Count;
        }

        return new HistogramBars(from, counts);
    }

    /// <summary>Where a time is on the axis, from 0 to 1.</summary>
    public double PositionOf(double milliseconds) =>
        Math.Clamp((Math.Log10(Math.Max(milliseconds * 1e6, 1)) - FromDecade) / Decades, 0, 1);

    // A bucket is narrower than a bar wherever it matters: its middle says where it belongs.
    private static double Log(LatencyBucket bucket) => Math.Log10(Math.Max(1, (bucket.FromNanoseconds + bucket.ToNanoseconds) / 2.0));
}
