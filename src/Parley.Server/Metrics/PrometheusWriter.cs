using System.Globalization;
using System.Text;

namespace Parley.Server.Metrics;

/// <summary>Puts metrics into Prometheus' text format.</summary>
/// <remarks>
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
/// <code>
/// # HELP name text
/// # TYPE name counter|gauge|histogram
/// name{label="value",...} number
/// </code>
/// All lines of a metric MUST be together, and no two metrics may have one name.
/// </remarks>
internal static class PrometheusWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricSnapshot> metrics)
    {
        var text = new StringBuilder();
        foreach (var metric in metrics.Where(metric => metric.Series.Count > 0).DistinctBy(PrometheusName.Of, StringComparer.Ordinal))
        {
            var name = PrometheusName.Of(metric);
            if (metric.Description.Length > 0)
            {
                text.Append("# HELP ").Append(name).Append(' ').Append(Escape(metric.Description)).Append('\n');
            }

            text.Append("# TYPE ").Append(name).Append(' ').Append(TypeOf(metric.Kind)).Append('\n');
            foreach (var series in metric.Series)
            {
                Write(text, name, metric, series);
            }
        }

        return text.ToString();
    }

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };

    private static void Write(StringBuilder text, string name, MetricSnapshot metric, SeriesSnapshot series)
    {
        if (metric.Kind != MetricKind.Histogram)
        {
            Sample(text, name, series, series.Value);
            return;
        }

        var count = 0L;
        for (var i = 0; i < series.Counts.Count; i++)
        {
            count += series.Counts[i];
            Sample(text, name + "_bucket", series, count, i < metric.Bounds.Count ? Number(metric.Bounds[i]) : "+Inf");
        }

        Sample(text, name + "_sum", series, series.Value);
        Sample(text, name + "_count", series, count);
    }

    private static void Sample(StringBuilder text, string name, SeriesSnapshot series, double value, string? bound = null)
    {
        text.Append(name);
        var before = '{';
        foreach (var (label, content) in series.Labels)
        {
            text.Append(before).Append(PrometheusName.OfLabel(label)).Append("=\"").Append(Escape(content).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            before = ',';
        }

        if (bound is not null)
        {
            text.Append(before).Append("le=\"").Append(bound).Append('"');
            before = ',';
        }

        text.Append(before == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string Escape(string text)
        => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
