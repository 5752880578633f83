using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Parley.Cli.Chat;

namespace Parley.Cli.Verbs;

/// <summary><c>parley chat</c>: the plain client.</summary>
public static class ChatVerb
{
    private const string Examples =
        """
        parley chat                                   the server on this machine
        parley chat chat.example.com --login alice    another one, under a name
        parley chat '[::1]:42069'                     an IPv6 address
        echo 'the build is done' | parley chat        say one thing and leave
        parley chat --addressed --login alice         then type: bob, carol: hello

        Ctrl+D ends the input and waits for what is still to come; Ctrl+C leaves at once.
        Exit code: 0 ended as asked, 1 no connection or closed by the server, 2 wrong arguments,
        130 Ctrl+C, 143 SIGTERM.
        """;

    /// <summary>The verb with its arguments, for the root command.</summary>
    public static Command Create()
    {
        var address = new Argument<string?>("host[:port]")
        {
            Description = $"The server [default: 127.0.0.1:{ChatOptions.LinesPort}, with --addressed port {ChatOptions.AddressedPort}]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var addressed = new Option<bool>("--addressed")
        {
            Description = "Speak the addressed protocol: 'name1, name2: text'. Needs --login",
        };
        var login = new Option<string?>("--login")
        {
            Description = "The name to take, as the login (addressed) or with /name (lines)",
            HelpName = "NAME",
        };
        var command = new Command("chat", "Chat from this terminal or from a pipe") { address, addressed, login };
        ExamplesHelpAction.AddTo(command, Examples);

        address.Validators.Add(result =>
        {
            // Which port is the default does not matter for whether the address can be read.
            if (result.Tokens is [var token]
                && !ServerAddress.TryParse(token.Value, ChatOptions.LinesPort, out _, out string? error))
            {
                result.AddError(error);
            }
        });
        login.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl)))
            {
                result.AddError("--login needs a name of visible characters");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(addressed) && result.GetResult(login) is null)
            {
                result.AddError("The addressed protocol starts with a name: add --login NAME");
            }
        });

        command.SetAction((arguments, _) => RunAsync(ToOptions(
            arguments.GetValue(address), arguments.GetValue(addressed), arguments.GetValue(login))));
        return command;
    }

    private static ChatOptions ToOptions(string? address, bool addressed, string? login)
    {
        int port = addressed ? ChatOptions.AddressedPort : ChatOptions.LinesPort;
        return ServerAddress.TryParse(address ?? "127.0.0.1", port, out ServerAddress? server, out string? error)
            ? new ChatOptions(server, addressed, login)
            : throw new ArgumentException(error, nameof(address));
    }

    private static async Task<int> RunAsync(ChatOptions options)
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = EndOn(PosixSignal.SIGINT, ExitCode.Interrupted, ended);
        using PosixSignalRegistration terminate = EndOn(PosixSignal.SIGTERM, ExitCode.Terminated, ended);
        if (Console.IsOutputRedirected)
        {
            ClosedPipeWatcher.Start(descriptor: 1, () => ended.TrySetResult(ExitCode.Done));
        }

        var notices = new StreamWriter(StandardStreams.OpenError(), new UTF8Encoding(false)) { AutoFlush = true };
        var terminal = new ChatTerminal(
            StandardInputReader.Start(StandardStreams.OpenInput()), StandardStreams.OpenOutput(), notices, ended.Task)
        {
            IsInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected,
            HasColour = !Console.IsOutputRedirected && IsColourWanted(),
        };
        int exitCode = await new ChatSession(options, terminal).RunAsync().ConfigureAwait(false);
        if (exitCode == ExitCode.Interrupted && terminal.IsInteractive)
        {
            // The terminal has shown ^C: the shell's prompt belongs on a line of its own.
            notices.WriteLine();
        }

        return exitCode;
    }

    private static PosixSignalRegistration EndOn(PosixSignal signal, int exitCode, TaskCompletionSource<int> ended) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            ended.TrySetResult(exitCode);
        });

    // https://no-color.org: set and not empty means no.
    private static bool IsColourWanted() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");
}
