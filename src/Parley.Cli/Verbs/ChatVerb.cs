using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Parley.Cli.Chat;
using Parley.Cli.Chat.Screen;

namespace Parley.Cli.Verbs;

/// <summary><c>parley chat</c>: the full-screen client on a terminal, else the plain one.</summary>
public static class ChatVerb
{
    private const string Examples =
        """
        parley chat                                   the server on this machine
        parley chat chat.example.com --login alice    another one, under a name
        parley chat '[::1]:42069'                     an IPv6 address
        echo 'the build is done' | parley chat        say one thing and leave
        parley chat --transcript talk.txt             add what is said to a file (or type /transcript talk.txt)
        parley chat --addressed --login alice         then type: bob, carol: hello

        On a terminal the client takes the whole screen and comes back by itself when the connection is lost.
          Enter                     send; with an empty line: to the newest message, or connect now
          Up, Down                  lines sent before
          Tab, Shift+Tab            complete a name, a room after /join, a command
          Ctrl+Left, Ctrl+Right     jump over a word (also Alt+B, Alt+F)
          Ctrl+W, Alt+D, Ctrl+U, Ctrl+K, Ctrl+Y    cut a word, the line's start, its end; put it back
          PgUp, PgDn, mouse wheel   scroll; Ctrl+Home, Ctrl+End: to the oldest and the newest message
          Ctrl+F                    search: Enter or Up for an older match, Down for a newer one, Esc to end
          Ctrl+L, Ctrl+Z            draw anew, suspend
          Esc, Ctrl+C, Ctrl+D       quit
        A paste of several lines is sent as one message per line. To select with the mouse, hold Shift.

        With --addressed or --plain, in a pipe, or where TERM is dumb, it is the plain client, a line at a time.
        There Ctrl+D ends the input and waits for what is still to come; Ctrl+C leaves at once.
        Exit code: 0 ended as asked, 1 no connection or (plain) closed by the server, 2 wrong arguments,
        129 the terminal is gone, 130 Ctrl+C (plain) or SIGINT, 143 SIGTERM.
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
        var plain = new Option<bool>("--plain")
        {
            Description = "Show a line at a time, on a terminal too",
        };
        var transcript = new Option<string?>("--transcript")
        {
            Description = "Add what is said to this file; for the full-screen client",
            HelpName = "FILE",
        };
        var command = new Command("chat", "Chat from this terminal or from a pipe") { address, addressed, login, plain, transcript };
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

        command.SetAction((arguments, _) => RunAsync(
            ToOptions(arguments.GetValue(address), arguments.GetValue(addressed), arguments.GetValue(login)) with
            {
                Transcript = arguments.GetValue(transcript),
            },
            arguments.GetValue(plain)));
        return command;
    }

    private static ChatOptions ToOptions(string? address, bool addressed, string? login)
    {
        int port = addressed ? ChatOptions.AddressedPort : ChatOptions.LinesPort;
        return ServerAddress.TryParse(address ?? "127.0.0.1", port, out ServerAddress? server, out string? error)
            ? new ChatOptions(server, addressed, login)
            : throw new ArgumentException(error, nameof(address));
    }

    private static async Task<int> RunAsync(ChatOptions options, bool plain)
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = EndOn(PosixSignal.SIGINT, ExitCode.Interrupted, ended);
        using PosixSignalRegistration terminate = EndOn(PosixSignal.SIGTERM, ExitCode.Terminated, ended);
        var notices = new StreamWriter(StandardStreams.OpenError(), new UTF8Encoding(false)) { AutoFlush = true };
        bool isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        if (isInteractive && !plain && !options.Addressed && HasFullScreen())
        {
            using PosixSignalRegistration hangUp = EndOn(PosixSignal.SIGHUP, ExitCode.HungUp, ended);
            return await ScreenClient.RunAsync(options, notices, IsColourWanted(), ended.Task).ConfigureAwait(false);
        }

        if (options.Transcript is not null)
        {
            notices.WriteLine("--transcript is for the full-screen client: here, write parley chat | tee FILE");
            return ExitCode.Usage;
        }

        if (Console.IsOutputRedirected)
        {
            ClosedPipeWatcher.Start(descriptor: 1, () => ended.TrySetResult(ExitCode.Done));
        }

        var terminal = new ChatTerminal(
            StandardInputReader.Start(StandardStreams.OpenInput()), StandardStreams.OpenOutput(), notices, ended.Task)
        {
            IsInteractive = isInteractive,
            HasColour = !Console.IsOutputRedirected && IsColourWanted() && HasTerminalType(),
        };
        int exitCode = await new ChatSession(options, terminal).RunAsync().ConfigureAwait(false);
        if (exitCode == ExitCode.Interrupted && isInteractive)
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
    private static bool IsColourWanted() => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    // A terminal that says nothing of itself cannot be relied on to place a cursor. Windows has no TERM, and can.
    private static bool HasFullScreen() => OperatingSystem.IsWindows() || HasTerminalType();

    private static bool HasTerminalType() => Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null or "");
}
