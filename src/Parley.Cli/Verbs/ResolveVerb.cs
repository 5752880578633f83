using System.CommandLine;
using Parley.Cli.Resolve;
using Parley.Net.Resolve;

namespace Parley.Cli.Verbs;

/// <summary><c>parley resolve</c>: the addresses of names.</summary>
internal static class ResolveVerb
{
    private const string Examples =
        """
        parley resolve localhost ip6-localhost        all addresses of each, IPv4 and IPv6
        parley resolve localhost:8080 --need-port     as ADDRESS:PORT; a name without a port is an error
        parley resolve localhost --port 80            the same port for every name that brings none
        parley resolve --parallel 50 < names.txt      a name a line, from standard input, 50 in flight
        parley resolve localhost --json               one JSON object for each name

        The name that is known first is shown first. A name that cannot be resolved is told on standard error (with --json
        on standard output, as an object with "error"), and the others go on.
        Exit code: 0 all were resolved, 1 some were not, 2 wrong arguments, 130 Ctrl+C, 143 SIGTERM.
        """;

    /// <summary>The verb with its arguments, for the root command.</summary>
    public static Command Create()
    {
        var names = new Argument<string[]>("names")
        {
            Description = "NAME, NAME:PORT, an address; none: read them from standard input",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<int?> port = NumberOption.Port("The port of names that bring none");
        var needPort = new Option<bool>("--need-port") { Description = "A name without a port is an error" };
        Option<int> parallel = NumberOption.Create("--parallel", "How many at a time", 50, 1, 1000);
        Option<double> timeout = NumberOption.Timeout("How long a name may take", 10);
        var json = new Option<bool>("--json") { Description = "Write JSON, an object a line" };
        var command = new Command("resolve", "Find the addresses of names, many at a time") { names, port, needPort, parallel, timeout, json };
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction((arguments, _) => ResolveCommand.RunAsync(
            arguments.GetValue(names) ?? [],
            new ResolveOptions
            {
                Degree = arguments.GetValue(parallel),
                Timeout = TimeSpan.FromSeconds(arguments.GetValue(timeout)),
                NeedsPort = arguments.GetValue(needPort),
                DefaultPort = arguments.GetValue(port),
            },
            arguments.GetValue(json)));
        return command;
    }
}
