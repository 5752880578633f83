using Parley.Cli.Load;
using Parley.Cli.Terminal;
using Spectre.Console;

namespace Parley.Cli.Bots;

/// <summary>Runs the bots from the door to the summary, for whoever looks on.</summary>
internal static class BotsCommand
{
    // Wider than the table: where nobody reads it on a terminal, it must not be wrapped.
    private const int WidthWithoutTerminal = 200;

    public static async Task<int> RunAsync(BotsOptions options)
    {
        using var stop = new LoadSignals();
        TimeProvider time = TimeProvider.System;
        RemoteNotice.Write(options.Server.Address, Console.Error);
        BotsRun run;
        try
        {
            run = await EnterAsync(options, time, stop.Token).ConfigureAwait(false);
        }
        catch (AdmissionException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }

        await LiveScreen.WatchAsync(run.TalkAsync(stop.Token), () => Draw(run), time).ConfigureAwait(false);
        var summary = BotsSummary.Of(run);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        summary.Write(console);
        return summary.IsFlawless ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<BotsRun> EnterAsync(BotsOptions options, TimeProvider time, CancellationToken stop)
    {
        int bots = options.Groups.Sum(group => group.Bots);
        int inside = 0;
        Task<BotsRun> entering = BotsRun.EnterAsync(options, () => Interlocked.Increment(ref inside), time, stop);
        await LiveScreen.WatchAsync(entering, () => new Text($"{inside} of {bots} bots are in"), time).ConfigureAwait(false);
        return await entering.ConfigureAwait(false);
    }

    private static Rows Draw(BotsRun run) => new(
        BotsTable.Draw([.. run.Groups.Select(group => (group.Options, group.Count()))], "under way"),
        new Text($" {run.Elapsed:hh\\:mm\\:ss}   Ctrl+C ends with a summary"));
}
