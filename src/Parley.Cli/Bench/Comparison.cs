using System.Globalization;

namespace Parley.Cli.Bench;

/// <summary>Two reports side by side.</summary>
/// <param name="Before">The one to hold against.</param>
/// <param name="After">The one in question.</param>
/// <param name="Threshold">How much worse a figure may be: 0.1 for a tenth.</param>
internal sealed record Comparison(BenchReport Before, BenchReport After, double Threshold)
{
    /// <summary>The figures, with how each has changed.</summary>
    public IReadOnlyList<ComparedFigure> Figures { get; } =
    [
        new("received/s", Before.ReceivedPerSecond, After.ReceivedPerSecond, ComparedFigureKind.MoreIsBetter),
        new("sent/s", Before.SentPerSecond, After.SentPerSecond, ComparedFigureKind.Shown),
        new("p50 ms", Before.Latency.P50, After.Latency.P50, ComparedFigureKind.LessIsBetter),
        new("p90 ms", Before.Latency.P90, After.Latency.P90, ComparedFigureKind.LessIsBetter),
        new("p99 ms", Before.Latency.P99, After.Latency.P99, ComparedFigureKind.LessIsBetter),
        // One bad moment makes these: worth a look, not a verdict.
        new("p99.9 ms", Before.Latency.P999, After.Latency.P999, ComparedFigureKind.Shown),
        new("max ms", Before.Latency.Max, After.Latency.Max, ComparedFigureKind.Shown),
        new("lost", Before.Lost, After.Lost, ComparedFigureKind.NoneIsBetter),
        new("reordered", Before.Reordered, After.Reordered, ComparedFigureKind.NoneIsBetter),
        new("duplicated", Before.Duplicated, After.Duplicated, ComparedFigureKind.NoneIsBetter),
        new("other order", Before.OtherOrder, After.OtherOrder, ComparedFigureKind.NoneIsBetter),
        new("errors", Before.Errors, After.Errors, ComparedFigureKind.NoneIsBetter),
    ];

    /// <summary>The names of the figures that are worse by more than the threshold.</summary>
    public IReadOnlyList<string> Regressions => [.. Figures.Where(figure => figure.IsWorse(Threshold)).Select(figure => figure.Name)];

    /// <summary>Why the two cannot well be compared; null if they are of one scenario.</summary>
    public string? Difference => Before.Scenario with { Server = "" } == After.Scenario with { Server = "" }
        ? null
        : $"Not the same scenario: {Before.Scenario}, {Seconds(Before)} s; now {After.Scenario}, {Seconds(After)} s";

    private static string Seconds(BenchReport report) => report.Scenario.DurationSeconds.ToString(CultureInfo.InvariantCulture);
}
