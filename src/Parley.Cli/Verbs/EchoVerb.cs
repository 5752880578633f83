using System.CommandLine;
using Parley.Cli.Chat;
using Parley.Cli.Echo;
using Parley.Net.Echo;

namespace Parley.Cli.Verbs;

/// <summary><c>parley echo</c>: both ends of a path, to test what lies between.</summary>
internal static class EchoVerb
{
    private const int Port = 42072;

    private const string ServeExamples =
        """
        parley echo serve                             on this machine only
        parley echo serve '*:42072'                   for everybody who can reach this machine
        parley echo serve 127.0.0.1:0                 on a free port, which the start line names

        Ctrl+C stops it.
        Exit code: 0 stopped as asked, 1 cannot listen, 2 wrong arguments.
        """;

    private const string SendExamples =
        """
        parley echo send                              ten lines to an echo server on this machine
        parley echo send example:42072 --size 1000    longer ones to another
        parley echo send --clients 2000 --count 5     2000 clients at once, five lines each
        parley echo send --json                       the report as one JSON object

        Every line is different, and what comes back is compared with what was sent.
        Exit code: 0 everything came back as it was, 1 something did not, 2 wrong arguments, 130 Ctrl+C, 143 SIGTERM.
        """;

    /// <summary>The verb with its two sides, for the root command.</summary>
    public static Command Create() => new("echo", "Test a path: serve sends every line back, send checks that it does") { CreateServe(), CreateSend() };

    private static Command CreateServe()
    {
        Argument<System.Net.IPEndPoint> address = ListenArgument.Create(Port);
        Option<int> maxLineBytes = NumberOption.Create("--max-line-bytes", "The longest line that is sent back", 65_536, 1, 16_777_216);
        var command = new Command("serve", "Send every line back to whoever sent it") { address, maxLineBytes };
        ExamplesHelpAction.AddTo(command, ServeExamples);
        command.SetAction((arguments, _) => EchoServeCommand.RunAsync(
            arguments.GetValue(address)!, new EchoServerOptions { MaxLineBytes = arguments.GetValue(maxLineBytes) }));
        return command;
    }

    private static Command CreateSend()
    {
        var address = new Argument<string>("host[:port]")
        {
            Description = "The echo server",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => $"127.0.0.1:{Port}",
        };
        Option<int> clients = NumberOption.Create("--clients", "How many clients at once", 1, 1, 100_000);
        Option<int> count = NumberOption.Create("--count", "How many lines each sends, one after the other", 10, 1, 1_000_000_000);
        Option<int> size = NumberOption.Create("--size", "Bytes in a line, its end counted", 64, EchoLoad.MinLineBytes, 16_777_216);
        Option<double> timeout = NumberOption.Timeout("How long a connection or an answer may take", 10);
        var json = new Option<bool>("--json") { Description = "Write the report as JSON" };
        var command = new Command("send", "Send lines and check that they come back") { address, clients, count, size, timeout, json };
        ExamplesHelpAction.AddTo(command, SendExamples);
        address.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !ServerAddress.TryParse(token.Value, Port, out _, out string? error))
            {
                result.AddError(error);
            }
        });
        command.SetAction((arguments, _) => EchoSendCommand.RunAsync(
            ToServer(arguments.GetValue(address)!),
            new EchoLoad
            {
                Clients = arguments.GetValue(clients),
                LinesPerClient = arguments.GetValue(count),
                LineBytes = arguments.GetValue(size),
                Timeout = TimeSpan.FromSeconds(arguments.GetValue(timeout)),
            },
            arguments.GetValue(json)));
        return command;
    }

    private static ServerAddress ToServer(string text) =>
        ServerAddress.TryParse(text, Port, out ServerAddress? server, out string? error) ? server : throw new ArgumentException(error, nameof(text));
}
