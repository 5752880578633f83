using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Parley.Cli.Sweep;
using Parley.Cli.Terminal;
using Parley.Net.Sweep;

namespace Parley.Cli.Verbs;

/// <summary><c>parley sweep</c>: who is there?</summary>
internal static class SweepVerb
{
    private const string Examples =
        """
        parley sweep 127.0.0.1-40                     ping 40 addresses at once
        parley sweep 127.0.0.0/28 localhost ::1       the hosts of a network, a name, an IPv6 address
        parley sweep 127.0.0.1-254 --port 22          who accepts TCP connections at port 22
        parley sweep 127.0.0.1-254 --parley           where Parley servers listen, known by their greeting
        parley sweep 127.0.0.1-254 --json             one JSON object for each target, then one with the summary

        Ping needs the right to send ICMP (CAP_NET_RAW) or the system's ping program; --port and --parley need neither.
        Targets that do not answer are counted, and shown with --all; with --parley, so are those that refuse or are
        something else. --parley looks in like a visitor, so people in the room see it come and go.
        Of an IPv4 network with more than two addresses its first and last are left out.
        Exit code: 0 somebody answered, 1 nobody did or ping cannot be had, 2 wrong arguments, 130 Ctrl+C, 143 SIGTERM.
        """;

    private const int ParleyPort = 42069;

    /// <summary>The verb with its arguments, for the root command.</summary>
    public static Command Create()
    {
        var targets = new Argument<string[]>("targets")
        {
            Description = "FIRST-LAST, ADDRESS/BITS, an address or a name",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<int?> port = NumberOption.Port("Connect by TCP to this port instead of pinging");
        var parley = new Option<bool>("--parley") { Description = $"Look for Parley's greeting [default port: {ParleyPort}]" };
        Option<int> parallel = NumberOption.Create("--parallel", "How many at a time", 256, 1, 10_000);
        Option<double> timeout = NumberOption.Timeout("How long to wait for an answer", 1);
        Option<int> maxTargets = NumberOption.Create("--max-targets", "Refuse more than this", 65_536, 1, 1_048_576);
        var all = new Option<bool>("--all") { Description = "Show those that are only counted, too: silent, unreachable, and with --parley all that are no Parley server" };
        var json = new Option<bool>("--json") { Description = "Write JSON, an object a line" };
        var command = new Command("sweep", "Find out who is there, many at a time") { targets, port, parley, parallel, timeout, maxTargets, all, json };
        ExamplesHelpAction.AddTo(command, Examples);

        command.SetAction(async (arguments, _) =>
        {
            if (!TryExpand(arguments.GetValue(targets)!, arguments.GetValue(maxTargets), out List<SweepTarget> expanded, out string? error))
            {
                await Console.Error.WriteLineAsync($"{error}\nTry: parley sweep --help").ConfigureAwait(false);
                return ExitCode.Usage;
            }

            return await SweepCommand.RunAsync(expanded, new SweepOptions
            {
                Port = arguments.GetValue(port) ?? (arguments.GetValue(parley) ? ParleyPort : null),
                Greeting = arguments.GetValue(parley) ? "Server commands" : null,
                Degree = arguments.GetValue(parallel),
                Timeout = TimeSpan.FromSeconds(arguments.GetValue(timeout)),
                ShowsAll = arguments.GetValue(all),
                IsJson = arguments.GetValue(json),
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static bool TryExpand(
        IEnumerable<string> texts, int max, out List<SweepTarget> targets, [NotNullWhen(false)] out string? error)
    {
        targets = [];
        error = null;
        foreach (string text in texts)
        {
            if (!TargetParser.TryParse(text, max, out IReadOnlyList<SweepTarget>? more, out error))
            {
                return false;
            }

            targets.AddRange(more);
            if (targets.Count > max)
            {
                error = $"Together that is more than {max} targets: give fewer, or raise --max-targets";
                return false;
            }
        }

        return true;
    }
}
