namespace Parley.Server.Metrics;

/// <summary>A metric at a moment.</summary>
/// <param name="Name">As its instrument has it: parts with dots between.</param>
/// <param name="Unit">As its instrument has it: <c>s</c>, <c>By</c>, <c>{message}</c> ... or empty.</param>
/// <param name="Description">What it is.</param>
/// <param name="Kind">What its values mean.</param>
/// <param name="Bounds">Of a histogram: the upper bounds of its buckets, but for the last, which has none.</param>
/// <param name="Series">Its values by labels; MAY be none.</param>
internal sealed record MetricSnapshot(
    string Name, string Unit, string Description, MetricKind Kind, IReadOnlyList<double> Bounds, IReadOnlyList<SeriesSnapshot> Series);
