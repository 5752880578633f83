using System.CommandLine;
using System.Globalization;
using Parley.Cli.Bench;
using Parley.Cli.Load;
using Parley.Cli.Terminal;

namespace Parley.Cli.Verbs;

/// <summary><c>parley bench</c>: measures a server under a load of one's choice.</summary>
public static class BenchVerb
{
    private const string Examples =
        """
        parley bench                                           a hundred in a room, ten of them talk as fast as they hear
        parley bench --rate 500                                500 messages a second, whether the server keeps up or not
        parley bench --clients 1000 --rooms 500 --senders 1000 --window 4
        parley bench --rate 2000 --ramp 10s --duration 1m --json now.json --svg now.svg
        parley bench --protocol ws                             by IRC over WebSocket, as browsers come; irc: as IRC clients do
        parley bench chat.example.org --protocol irc --tls     over TLS
        parley bench compare before.json now.json              what has changed between two reports

        Open loop (--rate): messages are due by a schedule, and latency counts from when one was due, so that a server that
        stalls cannot hide it. Closed loop (--window): each sender goes on when it has heard itself; latency counts from the
        send. Each client checks every message: none lost, none twice, all in the order of their sender.
        Ctrl+C ends the run with its report, a second one at once.
        Exit code: 0 all messages came, 1 messages were lost, came twice or in another order, the server complained, or a
        connection was refused or lost, 2 wrong arguments, 130 Ctrl+C.
        """;

    private const string CompareExamples =
        """
        parley bench compare before.json after.json                  a tenth worse is a regression
        parley bench compare before.json after.json --threshold 25

        Exit code: 0 no regression; 1 received/s, p50, p90 or p99 is worse by more than the threshold, or messages are lost,
        reordered or duplicated, or errors come, more than before; 2 wrong arguments or no reports.
        """;

    /// <summary>The verb with its options, for the root command.</summary>
    public static Command Create()
    {
        var server = new LoadServerArguments();
        var clients = LoadOption.Count("--clients", 100, "Connections", min: 1, max: 60_000);
        var rooms = LoadOption.Count("--rooms", 1, "Rooms, over which the clients are spread evenly", min: 1, max: 60_000);
        var senders = LoadOption.Count("--senders", 10, "Clients who talk as well as listen, spread evenly", min: 1, max: 60_000);
        var size = LoadOption.Count("--size", 64, "Bytes in a message; a Parley server takes 400 unless told otherwise", min: BenchOptions.MinSizeBytes, max: 65_536);
        var rate = LoadOption.Count("--rate", 0, "Open loop: messages a second, all senders together; 0: closed loop");
        var window = LoadOption.Count("--window", 1, "Closed loop: messages of each sender under way", min: 1, max: 10_000);
        var ramp = LoadOption.Time("--ramp", default, "Time in which the load grows to its full size", zero: true);
        var warmUp = LoadOption.Time("--warm-up", TimeAmount.FromSeconds(2), "Time after that which is not measured", zero: true);
        var duration = LoadOption.Time("--duration", TimeAmount.FromSeconds(10), "Time after that which is measured");
        var drain = LoadOption.Time("--drain", TimeAmount.FromSeconds(5), "How long nothing may come before what is missing counts as lost");
        var room = LoadOption.Room("--room", "bench", "What the names of the rooms begin with");
        var json = PathArguments.Optional("--json", "FILE", "Write the report here as JSON, for compare");
        var svg = PathArguments.Optional("--svg", "FILE", "Draw a histogram of the latencies here");
        var command = new Command("bench", "Measure a server under load: throughput, latency, and whether all messages come")
        {
            clients, rooms, senders, size, rate, window, ramp, warmUp, duration, drain, room, json, svg, CreateCompare(),
        };
        server.AddTo(command);
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction((arguments, _) =>
        {
            var options = new BenchOptions
            {
                Server = server.Of(arguments),
                Clients = arguments.GetValue(clients),
                Rooms = arguments.GetValue(rooms),
                Senders = arguments.GetValue(senders),
                SizeBytes = arguments.GetValue(size),
                RatePerSecond = arguments.GetValue(rate),
                Window = arguments.GetValue(window),
                Ramp = arguments.GetValue(ramp).Value,
                WarmUp = arguments.GetValue(warmUp).Value,
                Duration = arguments.GetValue(duration).Value,
                Drain = arguments.GetValue(drain).Value,
                RoomPrefix = arguments.GetValue(room)!,
            };
            return RunAsync(options, isWindowGiven: arguments.GetResult(window) is { Implicit: false }, arguments.GetValue(json), arguments.GetValue(svg));
        });
        return command;
    }

    private static Command CreateCompare()
    {
        var before = new Argument<string>("before.json") { Description = "The report to hold against" };
        var after = new Argument<string>("after.json") { Description = "The report in question" };
        var threshold = LoadOption.Create("--threshold", "PERCENT", 10.0, "How much worse a figure may be", "a percentage such as 5 or 12.5",
            (string text, out double value) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value));
        var command = new Command("compare", "Show what has changed between two reports") { before, after, threshold };
        ExamplesHelpAction.AddTo(command, CompareExamples);
        command.SetAction((arguments, _) => BenchCommand.CompareAsync(
            arguments.GetRequiredValue(before), arguments.GetRequiredValue(after), arguments.GetValue(threshold) / 100));
        return command;
    }

    private static async Task<int> RunAsync(BenchOptions options, bool isWindowGiven, string? json, string? svg)
    {
        if (options.Error(isWindowGiven) is not { } error)
        {
            return await BenchCommand.RunAsync(options, json, svg).ConfigureAwait(false);
        }

        await Console.Error.WriteLineAsync($"{error}\nTry: parley bench --help").ConfigureAwait(false);
        return ExitCode.Usage;
    }
}
