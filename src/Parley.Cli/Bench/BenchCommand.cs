using Parley.Cli.Load;
using Parley.Cli.Terminal;
using Spectre.Console;

namespace Parley.Cli.Bench;

/// <summary>Runs a scenario from the door to the report.</summary>
internal static class BenchCommand
{
    /// <param name="options">The scenario.</param>
    /// <param name="json">Where to write the report as JSON, if anywhere.</param>
    /// <param name="svg">Where to draw its latencies, if anywhere.</param>
    public static async Task<int> RunAsync(BenchOptions options, string? json, string? svg)
    {
        using var stop = new LoadSignals();
        TimeProvider time = TimeProvider.System;
        RemoteNotice.Write(options.Server.Address, Console.Error);
        try
        {
            BenchRun run = await EnterAsync(options, time, stop.Token).ConfigureAwait(false);
            DateTimeOffset startedAt = time.GetUtcNow();
            await LiveScreen.WatchAsync(run.RunAsync(stop.Token), new BenchProgress(run, options).Draw, time).ConfigureAwait(false);
            var report = BenchReport.Of(run, options, startedAt);
            foreach (string line in ReportText.Lines(report))
            {
                Console.WriteLine(line);
            }

            await WriteFilesAsync(report, json, svg).ConfigureAwait(false);
            return !report.IsFlawless() ? ExitCode.Failed : stop.Token.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
        }
        catch (AdmissionException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Cannot write the report: {e.Message}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Shows two reports side by side; the result is 1 if the second is worse by more than the threshold.</summary>
    public static async Task<int> CompareAsync(string before, string after, double threshold)
    {
        Comparison comparison;
        try
        {
            comparison = new Comparison(
                await ReportFile.ReadAsync(before).ConfigureAwait(false), await ReportFile.ReadAsync(after).ConfigureAwait(false), threshold);
        }
        catch (InvalidDataException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCode.Usage;
        }

        if (comparison.Difference is { } difference)
        {
            await Console.Error.WriteLineAsync(difference).ConfigureAwait(false);
        }

        AnsiConsole.Write(ComparisonTable.Draw(comparison));
        IReadOnlyList<string> regressions = comparison.Regressions;
        Console.WriteLine(regressions.Count == 0 ? "No regression" : "Regression: " + string.Join(", ", regressions));
        return regressions.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<BenchRun> EnterAsync(BenchOptions options, TimeProvider time, CancellationToken stop)
    {
        int inside = 0;
        Task<BenchRun> entering = BenchRun.EnterAsync(options, () => Interlocked.Increment(ref inside), time, stop);
        await LiveScreen.WatchAsync(entering, () => new Text($"{inside} of {options.Clients} clients are in"), time).ConfigureAwait(false);
        return await entering.ConfigureAwait(false);
    }

    private static async Task WriteFilesAsync(BenchReport report, string? json, string? svg)
    {
        if (json is not null)
        {
            await ReportFile.WriteAsync(json, report).ConfigureAwait(false);
        }

        if (svg is not null)
        {
            await File.WriteAllTextAsync(svg, HistogramPicture.Draw(report)).ConfigureAwait(false);
        }
    }
}
