using Parley.Cli.Bench;

namespace Parley.Cli.Tests.Bench;

public sealed class ReportTests
{
    [Fact]
    public void A_report_says_throughput_latency_and_that_nothing_went_wrong()
    {
        Assert.Equal(
            [
                "100 clients in 1 room, 10 senders, 64 bytes, closed loop, 1 under way each",
                "Measured   10.0 s on 127.0.0.1:42069",
                "Sent       1,000/s, in all 12,000 messages, 780.0 KB",
                "Received   100,000/s, in all 1,200,000 messages, 90.0 MB",
                "Latency    p50 2.01 ms   p90 9.00 ms   p99 9.00 ms   p99.9 9.00 ms   max 9.00 ms",
                "Lost       0",
                "Reordered  0",
                "Duplicated 0",
                "Errors     0",
            ],
            ReportText.Lines(Reports.Flawless));
        Assert.True(Reports.Flawless.IsFlawless());
    }

    [Fact]
    public void What_went_wrong_is_told_and_is_a_flaw()
    {
        BenchReport[] flaws =
        [
            Reports.Flawless with { Lost = 1 },
            Reports.Flawless with { Reordered = 1 },
            Reports.Flawless with { Duplicated = 1 },
            Reports.Flawless with { OtherOrder = 1 },
            Reports.Flawless with { Errors = 1, ErrorTexts = ["Messages can only be 400 bytes long"] },
        ];

        Assert.All(flaws, flaw => Assert.False(flaw.IsFlawless()));
        Assert.Contains("Lost       12; the server told of 5", ReportText.Lines(Reports.Flawless with { Lost = 12, ToldDropped = 5 }));
        Assert.Contains("           Messages can only be 400 bytes long", ReportText.Lines(flaws[^1]));
    }

    [Fact]
    public void An_open_loop_says_how_late_it_was_itself_and_what_it_could_not_send()
    {
        BenchReport report = Reports.Flawless with
        {
            Scenario = ScenarioReport.Of(Reports.Options with { RatePerSecond = 500 }),
            Lateness = Reports.Latency(0.25),
            Unsent = 7,
        };

        Assert.Equal("100 clients in 1 room, 10 senders, 64 bytes, open loop at 500 messages/s", ReportText.Lines(report).First());
        Assert.Contains("of it here p50 250 us   p90 250 us   p99 250 us   p99.9 250 us   max 250 us: sent later than due", ReportText.Lines(report));
        Assert.Contains("Unsent     7 messages: the senders could not keep up, so the rate was not reached", ReportText.Lines(report));
    }

    [Fact]
    public async Task A_report_is_read_from_JSON_as_it_was_written()
    {
        string file = Path.GetTempFileName();
        try
        {
            BenchReport report = Reports.Flawless with { ErrorTexts = ["one"], Lateness = Reports.Latency(1) };
            await ReportFile.WriteAsync(file, report);

            Assert.Equivalent(report, await ReportFile.ReadAsync(file), strict: true);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("not JSON", "is no report of parley bench --json")]
    [InlineData("{}", "is no report of parley bench --json")]
    [InlineData("null", "is of another version")]
    public async Task A_file_that_is_no_report_is_told(string content, string expected)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);

            InvalidDataException e = await Assert.ThrowsAsync<InvalidDataException>(() => ReportFile.ReadAsync(file));
            Assert.Contains(expected, e.Message, StringComparison.Ordinal);
            Assert.Contains(file, e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
