using System.Reflection;
using Parley.Server.Http;
using Parley.Server.Metrics;
using Parley.Server.Nodes;

namespace Parley.Server.Status;

/// <summary>Report for the status page: whether the server is ready, and its own metrics as they stand.</summary>
internal sealed class StatusReport(MetricsCollector collector, Readiness readiness, TimeProvider time, IServerNodes? nodes = null)
{
    private static readonly string Version =
        typeof(StatusReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private readonly long _started = time.GetTimestamp();

    public StatusSnapshot Take() => new(
        time.GetUtcNow().ToUnixTimeMilliseconds(),
        (long)time.GetElapsedTime(_started).TotalSeconds,
        Version,
        readiness.IsReady,
        readiness.Words,
        collector.Collect().Where(metric => metric.Name.StartsWith("parley.", StringComparison.Ordinal)).ToDictionary(
            metric => metric.Name,
            metric => new StatusMetric(
                metric.Bounds, [.. metric.Series.Select(series => new StatusSeries(series.Labels.ToDictionary(StringComparer.Ordinal), series.Value, series.Counts))]),
            StringComparer.Ordinal),
        nodes?.Nodes ?? []);
}
