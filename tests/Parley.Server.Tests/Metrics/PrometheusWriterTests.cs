using Parley.Server.Metrics;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Metrics;

public sealed class PrometheusWriterTests
{
    [Fact]
    public void A_counter_has_its_unit_and_total_in_its_name()
        => Assert.Equal(
            """
            # HELP parley_sent_bytes_total Bytes that were sent
            # TYPE parley_sent_bytes_total counter
            parley_sent_bytes_total{protocol="lines"} 12
            parley_sent_bytes_total{protocol="irc"} 0

            """,
            Write(new MetricSnapshot(
                "parley.sent", "By", "Bytes that were sent", MetricKind.Counter, [], [Of(12, ("protocol", "lines")), Of(0, ("protocol", "irc"))])));

    [Fact]
    public void A_gauge_without_labels_is_a_name_and_a_number()
        => Assert.Equal(
            """
            # TYPE parley_users gauge
            parley_users 1.5

            """,
            Write(new MetricSnapshot("parley.users", "{user}", "", MetricKind.Gauge, [], [Of(1.5)])));

    [Fact]
    public void A_histogram_counts_what_is_at_most_a_bound_and_has_a_sum_and_a_count()
        => Assert.Equal(
            """
            # HELP a_seconds Time
            # TYPE a_seconds histogram
            a_seconds_bucket{p="q",le="0.001"} 1
            a_seconds_bucket{p="q",le="1"} 3
            a_seconds_bucket{p="q",le="+Inf"} 6
            a_seconds_sum{p="q"} 9.25
            a_seconds_count{p="q"} 6

            """,
            Write(new MetricSnapshot(
                "a", "s", "Time", MetricKind.Histogram, [0.001, 1], [new SeriesSnapshot([KeyValuePair.Create("p", "q")], 9.25, [1, 2, 3])])));

    [Fact]
    public void What_would_break_a_line_is_escaped()
        => Assert.Equal(
            "# HELP a a\\\\b\\n\"c\"\n# TYPE a gauge\na{b_c=\"d\\\\e\\nf\\\"g\"} 1\n",
            Write(new MetricSnapshot("a", "", "a\\b\n\"c\"", MetricKind.Gauge, [], [Of(1, ("b.c", "d\\e\nf\"g"))])));

    [Fact]
    public void Of_two_metrics_that_come_to_one_name_the_first_is_written()
    {
        var text = Write(
            new MetricSnapshot("a.b", "", "", MetricKind.Gauge, [], [Of(1)]),
            new MetricSnapshot("a_b", "", "", MetricKind.Gauge, [], [Of(2)]));
        Assert.Equal("# TYPE a_b gauge\na_b 1\n", text);
    }

    [Fact]
    public void A_metric_without_values_is_left_out()
        => Assert.Equal("", PrometheusWriter.Write([new MetricSnapshot("a", "", "", MetricKind.Gauge, [], [])]));

    private static string Write(params MetricSnapshot[] metrics)
    {
        var text = PrometheusWriter.Write(metrics);
        PrometheusText.Parse(text);
        return text;
    }

    private static SeriesSnapshot Of(double value, params (string Name, string Value)[] labels)
        => new([.. labels.Select(label => KeyValuePair.Create(label.Name, label.Value))], value, []);
}
