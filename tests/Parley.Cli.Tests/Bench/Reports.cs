using Parley.Cli.Bench;
using Parley.Cli.Chat;
using Parley.Cli.Load;

namespace Parley.Cli.Tests.Bench;

/// <summary>Reports as tests like them.</summary>
internal static class Reports
{
    public static BenchOptions Options { get; } = new()
    {
        Server = new LoadServer(new ServerAddress("127.0.0.1", 42069), LoadProtocol.Lines, Tls: null),
        Duration = TimeSpan.FromSeconds(10),
    };

    public static BenchReport Flawless { get; } = new()
    {
        StartedAt = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero),
        Scenario = ScenarioReport.Of(Options),
        MeasuredSeconds = 10,
        SentPerSecond = 1000,
        ReceivedPerSecond = 100_000,
        Sent = 12_000,
        Received = 1_200_000,
        BytesSent = 780_000,
        BytesReceived = 90_000_000,
        Latency = Latency(1, 2, 5, 9),
    };

    /// <summary>The latencies of messages that took so many milliseconds.</summary>
    public static LatencyReport Latency(params double[] milliseconds)
    {
        var histogram = new LatencyHistogram();
        Array.ForEach(milliseconds, one => histogram.Record(TimeSpan.FromMilliseconds(one)));
        return LatencyReport.Of(histogram);
    }
}
