using System.Reflection;
using Parley.Server.Http;
using Parley.Server.Metrics;

namespace Parley.Server.Status;

/// <summary>What the status page is told: whether the server is ready, and its own metrics as they stand.</summary>
internal sealed class StatusReport(MetricsCollector collector, Readiness readiness, TimeProvider time)
{
    private static readonly string Version =
        typeof(StatusReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private readonly long _started = time.GetTimestamp();

    public object Take() => new
    {
        Time = time.GetUtcNow().ToUnixTimeMilliseconds(),
        UpSeconds = (long)time.GetElapsedTime(_started).TotalSeconds,
        Version,
        Ready = readiness.IsReady,
        Health = readiness.Words,
        Metrics = collector.Collect().Where(metric => metric.Name.StartsWith("parley.", StringComparison.Ordinal)).ToDictionary(
            metric => metric.Name,
            metric => new
            {
                metric.Bounds,
                Series = metric.Series.Select(series => new { Labels = series.Labels.ToDictionary(StringComparer.Ordinal), series.Value, series.Counts }),
            },
            StringComparer.Ordinal),
    };
}
