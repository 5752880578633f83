using Parley.Cli.Terminal;
using Parley.Net.Resolve;
using Parley.Net.Sweep;

namespace Parley.Cli.Sweep;

/// <summary>Sweeps, tells each answer the moment it arrives, and sums up.</summary>
internal static class SweepCommand
{
    private const string NoPing =
        "This user may not send ICMP, and there is no ping program: install one (Debian: iputils-ping), or add --port PORT to connect by TCP";

    public static async Task<int> RunAsync(IReadOnlyList<SweepTarget> targets, SweepOptions options)
    {
        using var stop = new StopSignals();
        IProbe probe;
        try
        {
            probe = options.Port is { } port
                ? new TcpProbe(port, options.Timeout, options.Greeting)
                : await IcmpProbe.CreateAsync(options.Timeout, cancellationToken: stop.Token).ConfigureAwait(false);
        }
        catch (PlatformNotSupportedException)
        {
            await Console.Error.WriteLineAsync(NoPing).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.Code;
        }

        ISweepWriter writer = options.IsJson
            ? new JsonSweepWriter(Console.Out)
            : new TextSweepWriter(Console.Out, Palette.OfStandardOutput(), options);
        return await SweepAsync(new Sweeper(probe, new SystemNameResolver(), options.Degree), targets, writer, stop).ConfigureAwait(false);
    }

    private static async Task<int> SweepAsync(
        Sweeper sweeper, IReadOnlyList<SweepTarget> targets, ISweepWriter writer, StopSignals stop)
    {
        var summary = new SweepSummary();
        using var progress = ProgressLine.OnStandardError();
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            await foreach (SweepResult result in sweeper.SweepAsync(targets, stop.Token).ConfigureAwait(false))
            {
                summary.Add(result.Reply);
                if (writer.Shows(result))
                {
                    progress.Clear();
                    writer.Write(result);
                }

                progress.Show(() => $"{summary.Total} of {targets.Count}, {summary.Count(ProbeReplyKind.Answered)} answering");
            }
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // What is known by now is summed up all the same.
        }

        progress.Clear();
        writer.Write(summary, TimeProvider.System.GetElapsedTime(start));
        return stop.Token.IsCancellationRequested ? stop.Code
            : summary.Count(ProbeReplyKind.Answered) > 0 ? ExitCode.Done
            : ExitCode.Failed;
    }
}
