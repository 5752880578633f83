namespace Parley.Server.Metrics;

/// <summary>The values of a metric under one set of labels.</summary>
/// <param name="Labels">By name.</param>
/// <param name="Value">The value; of a histogram, the sum of all that was recorded.</param>
/// <param name="Counts">Of a histogram: how many values fell into each bucket.</param>
internal sealed record SeriesSnapshot(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, IReadOnlyList<long> Counts);
