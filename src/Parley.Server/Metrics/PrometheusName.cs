namespace Parley.Server.Metrics;

/// <summary>The names that Prometheus gives to what instruments measure: letters, digits and <c>_</c>, the unit in words, counters end in <c>_total</c>.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/</remarks>
internal static class PrometheusName
{
    private const string Count = "_count";

    public static string Of(MetricSnapshot metric)
    {
        var name = OfLabel(metric.Name);
        var unit = metric.Unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "1" when metric.Kind == MetricKind.Gauge => "ratio",
            _ => "",
        };
        if (unit.Length > 0 && !name.EndsWith("_" + unit, StringComparison.Ordinal))
        {
            name += "_" + unit;
        }

        if (metric.Kind == MetricKind.Counter)
        {
            return name.EndsWith("_total", StringComparison.Ordinal) ? name : name + "_total";
        }

        return metric.Kind == MetricKind.Gauge && name.EndsWith(Count, StringComparison.Ordinal) ? PluralOf(name[..^Count.Length]) : name;
    }

    /// <summary>The runtime's <c>dotnet.assembly.count</c> is how many there are, and <c>_count</c> belongs to histograms.</summary>
    private static string PluralOf(string name) => name.EndsWith('y') ? name[..^1] + "ies" : name + "s";

    public static string OfLabel(string name)
        => string.Concat(name.Select((letter, i) => char.IsAsciiLetter(letter) || (i > 0 && char.IsAsciiDigit(letter)) ? letter : '_'));
}
