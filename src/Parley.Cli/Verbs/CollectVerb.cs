using System.CommandLine;
using Parley.Cli.Collect;
using Parley.Net.Collect;

namespace Parley.Cli.Verbs;

/// <summary><c>parley collect</c>: status lines in, <c>ok</c> out.</summary>
internal static class CollectVerb
{
    private const int Port = 42071;

    private const string Examples =
        """
        parley collect                                on this machine only; lines go to standard output
        parley collect --json >> status.jsonl         as JSON, an object a line
        parley collect '*:42071'                      from everybody who can reach this machine
        echo 'backup done' | nc -N 127.0.0.1 42071    send one; the answer is ok

        Each line is answered with 'ok' once it is written, or with 'error: ...'.
        Where it listens is told on standard error. Ctrl+C stops it.
        Exit code: 0 stopped as asked, 1 cannot listen, 2 wrong arguments.
        """;

    /// <summary>The verb with its arguments, for the root command.</summary>
    public static Command Create()
    {
        Argument<System.Net.IPEndPoint> address = ListenArgument.Create(Port);
        Option<int> maxLineBytes = NumberOption.Create("--max-line-bytes", "The longest status that is taken", 4096, 1, 1_048_576);
        Option<int> maxSenders = NumberOption.Create("--max-senders", "How many may be connected at a time", 1000, 1, 100_000);
        var json = new Option<bool>("--json") { Description = "Write JSON, an object a line" };
        var command = new Command("collect", "Collect status lines from anything that can open a connection") { address, maxLineBytes, maxSenders, json };
        ExamplesHelpAction.AddTo(command, Examples);
        command.SetAction((arguments, _) => CollectCommand.RunAsync(
            arguments.GetValue(address)!,
            new StatusCollectorOptions
            {
                MaxLineBytes = arguments.GetValue(maxLineBytes),
                MaxSenders = arguments.GetValue(maxSenders),
            },
            arguments.GetValue(json)));
        return command;
    }
}
