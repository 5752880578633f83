namespace Parley.Server.Status;

/// <summary>The values of a metric under some labels.</summary>
internal sealed record StatusSeries(Dictionary<string, string> Labels, double Value, IReadOnlyList<long> Counts);
