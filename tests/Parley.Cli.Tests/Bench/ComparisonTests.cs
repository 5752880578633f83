using Parley.Cli.Bench;

namespace Parley.Cli.Tests.Bench;

public sealed class ComparisonTests
{
    [Fact]
    public void Equal_reports_have_ratio_1_and_no_regression()
    {
        var comparison = new Comparison(Reports.Flawless, Reports.Flawless, Threshold: 0);

        Assert.All(comparison.Figures, figure => Assert.Equal(1, figure.Ratio));
        Assert.Empty(comparison.Regressions);
        Assert.Null(comparison.Difference);
    }

    [Theory]
    [InlineData(91_000, new string[0])]
    [InlineData(89_000, new[] { "received/s" })]
    [InlineData(200_000, new string[0])]
    public void Less_throughput_is_a_regression_past_the_threshold(double received, string[] regressions) =>
        Assert.Equal(regressions, Compare(Reports.Flawless with { ReceivedPerSecond = received }));

    [Fact]
    public void Higher_latency_is_a_regression_past_the_threshold()
    {
        LatencyReport before = Reports.Flawless.Latency;

        Assert.Empty(Compare(Reports.Flawless with { Latency = before with { P50 = before.P50 * 1.09, P99 = before.P99 * 0.5 } }));
        Assert.Equal(["p50 ms"], Compare(Reports.Flawless with { Latency = before with { P50 = before.P50 * 1.11 } }));
        Assert.Equal(["p99 ms"], Compare(Reports.Flawless with { Latency = before with { P99 = before.P99 * 1.11 } }));
        Assert.Empty(Compare(Reports.Flawless with { Latency = before with { Max = before.Max * 10, P999 = before.P999 * 10 } }));
    }

    [Fact]
    public void A_single_message_lost_reordered_or_duplicated_is_a_regression() =>
        Assert.Equal(
            ["lost", "reordered", "duplicated", "other order", "errors"],
            Compare(Reports.Flawless with { Lost = 1, Reordered = 1, Duplicated = 1, OtherOrder = 1, Errors = 1 }));

    [Fact]
    public void Two_scenarios_are_told_apart_but_not_two_servers()
    {
        BenchReport elsewhere = Reports.Flawless with { Scenario = Reports.Flawless.Scenario with { Server = "chat.example.com:42069" } };
        BenchReport larger = Reports.Flawless with { Scenario = Reports.Flawless.Scenario with { Clients = 200 } };

        Assert.Null(new Comparison(Reports.Flawless, elsewhere, Threshold: 0).Difference);
        Assert.Contains("200 clients", new Comparison(Reports.Flawless, larger, Threshold: 0).Difference, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Compare(BenchReport after) => new Comparison(Reports.Flawless, after, Threshold: 0.1).Regressions;
}
