namespace Parley.Server.Status;

/// <summary>A metric: the bounds of its buckets, if it has any, and its series.</summary>
internal sealed record StatusMetric(IReadOnlyList<double> Bounds, IReadOnlyList<StatusSeries> Series);
