namespace Parley.Cli.Bench;

/// <summary>Latencies in a report, in milliseconds. Percentiles are less than 0.8 % over the true ones, the largest is exact.</summary>
internal sealed record LatencyReport
{
    public long Count { get; init; }

    public double P50 { get; init; }

    public double P90 { get; init; }

    public double P99 { get; init; }

    public double P999 { get; init; }

    public double Max { get; init; }

    /// <summary>Where they are: from and to (both within, in nanoseconds), and how many.</summary>
    public IReadOnlyList<LatencyBucket> Buckets { get; init; } = [];

    public static LatencyReport Of(LatencyHistogram histogram) => new()
    {
        Count = histogram.Count,
        P50 = histogram.Percentile(50).TotalMilliseconds,
        P90 = histogram.Percentile(90).TotalMilliseconds,
        P99 = histogram.Percentile(99).TotalMilliseconds,
        P999 = histogram.Percentile(99.9).TotalMilliseconds,
        Max = histogram.Max.TotalMilliseconds,
        Buckets = [.. histogram.Buckets],
    };

    /// <summary>The percentiles with their names, for those who show them all.</summary>
    public IEnumerable<(string Name, double Milliseconds)> Percentiles() =>
        [("p50", P50), ("p90", P90), ("p99", P99), ("p99.9", P999), ("max", Max)];
}
