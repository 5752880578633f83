using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.Cli.Chat;
using Parley.Cli.Chat.Screen;
using Parley.Cli.Terminal;
using Parley.Client;

namespace Parley.Cli.Verbs;

/// <summary><c>parley chat</c>: the full-screen client on a terminal, else the plain one.</summary>
public static class ChatVerb
{
    /// <summary>Variable with the account that a ticket is for; see <see cref="AccountKeyVerb"/>.</summary>
    internal const string LoginVariable = "PARLEY_LOGIN";

    /// <summary>Variable with a ticket, which logs in once in place of a password.</summary>
    internal const string TicketVariable = "PARLEY_TICKET";

    private const int FingerprintDigits = 64;

    private const string Examples =
        """
        parley chat                                   the server on this machine
        parley chat chat.example.com --login alice    another one, under a name
        parley chat --login alice --password-file ~/.parley-password    with an account, whose password is in that file
        parley chat node1.example.com node2.example.com    a cluster: comes back at the other when one goes
        parley chat '[::1]:42069'                     an IPv6 address
        echo 'the build is done' | parley chat        say one thing and leave
        echo 'disk is full' | parley chat --quiet     print nothing unless it could not be said: for cron
        parley chat --transcript talk.txt             add what is said to a file (or type /transcript talk.txt)
        parley chat chat.example.com:6690 --tls       encrypted, at the server's --lines-tls
        parley chat --addressed --login alice         then type: bob, carol: hello

        On a terminal the client takes the whole screen and comes back by itself when the connection is lost.
          Enter                     send; with an empty line: to the newest message, or connect now
          Up, Down                  lines sent before
          Alt+1 to Alt+9            show another of the rooms that you are in: /join adds one, /leave leaves it
          Ctrl+N, Ctrl+P, Alt+A     the next room, the one before, the next with something unread
          Tab, Shift+Tab            complete a name, a room after /join, a command
          Ctrl+Left, Ctrl+Right     jump over a word (also Alt+B, Alt+F)
          Ctrl+W, Alt+D, Ctrl+U, Ctrl+K, Ctrl+Y    cut a word, the line's start, its end; put it back
          PgUp, PgDn, mouse wheel   scroll; Ctrl+Home, Ctrl+End: to the oldest and the newest message
          Ctrl+F                    search: Enter or Up for an older match, Down for a newer one, Esc to end
          Ctrl+L, Ctrl+Z            draw anew, suspend
          Esc, Ctrl+C, Ctrl+D       quit; with a line half written in any room, once more
        Each room keeps its messages, its place in them and the line that is being written there. A password is shown as dots.
        A paste of several lines is sent as one message per line. To select with the mouse, hold Shift.

        A line that begins with / is a command; one that begins with // is said, with one slash. Lines of a paste of several are always said.

        In a pipe the greeting, earlier messages and the echo of your own lines are not printed; --plain prints every line.
        With --addressed or --plain, in a pipe, or where TERM is dumb, it is the plain client, a line at a time.
        There Ctrl+D ends the input and waits for what is still to come; Ctrl+C leaves at once.
        Exit code: 0 ended as asked, 1 no connection, (plain) closed by the server or (quiet) not said, 2 wrong arguments,
        129 the terminal is gone, 130 Ctrl+C (plain) or SIGINT, 143 SIGTERM.
        """;

    /// <summary>The verb with its arguments, for the root command.</summary>
    public static Command Create()
    {
        var address = new Argument<string[]>("host[:port]")
        {
            Description = $"The server; with several, nodes of one cluster, the first that answers [default: 127.0.0.1:{ChatOptions.LinesPort}, with --addressed port {ChatOptions.AddressedPort}]",
            Arity = ArgumentArity.ZeroOrMore,
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
        var password = new Option<string?>("--password-file")
        {
            Description = "Log in to the account of --login, whose password is the first line of this file",
            HelpName = "FILE",
        };
        var plain = new Option<bool>("--plain")
        {
            Description = "Print a line at a time, on a terminal too, and every line, in a pipe too",
        };
        var quiet = new Option<bool>("--quiet")
        {
            Description = "Print nothing, unless something could not be said",
        };
        var transcript = new Option<string?>("--transcript")
        {
            Description = "Add what is said to this file; for the full-screen client",
            HelpName = "FILE",
        };
        var tls = new Option<bool>("--tls")
        {
            Description = "Encrypt the connection. The server's certificate has to be one that this system trusts",
        };
        var pin = new Option<string?>("--tls-pin")
        {
            Description = "Encrypt the connection, and accept the one certificate with this SHA-256 fingerprint",
            HelpName = "HEX",
        };
        var certificate = new Option<string?>("--tls-certificate")
        {
            Description = "Show the server the certificate in this PEM file, which has its private key in it, too",
            HelpName = "FILE",
        };
        var command = new Command("chat", "Chat from this terminal or from a pipe") { address, addressed, login, password, plain, quiet, transcript, tls, pin, certificate };
        ExamplesHelpAction.AddTo(command, Examples);

        address.Validators.Add(result =>
        {
            // Which port is the default does not matter for whether the address can be read.
            foreach (var token in result.Tokens)
            {
                if (!ServerAddress.TryParse(token.Value, ChatOptions.LinesPort, out _, out string? error))
                {
                    result.AddError(error);
                }
            }
        });
        login.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl)))
            {
                result.AddError("--login needs a name of visible characters");
            }
        });
        password.Validators.Add(result =>
        {
            try
            {
                _ = ReadPassword(result.GetValueOrDefault<string?>());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                result.AddError($"--password-file: {e.Message}");
            }
        });
        pin.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } print && !(print.Length == FingerprintDigits && print.All(char.IsAsciiHexDigit)))
            {
                result.AddError("--tls-pin needs a SHA-256 fingerprint of 64 hexadecimal digits: openssl x509 -in cert.pem -outform der | sha256sum");
            }
        });
        certificate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } file)
            {
                try
                {
                    ReadCertificate(file)!.Dispose();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
                {
                    result.AddError($"--tls-certificate: {file} is no PEM file with a certificate and its private key ({e.Message})");
                }
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(plain) && result.GetValue(quiet))
            {
                result.AddError("--plain prints every line, and --quiet none: give one of them");
            }

            if (result.GetValue(password) is not null && (result.GetValue(addressed) || result.GetValue(login) is not { } name || name.Any(char.IsWhiteSpace)))
            {
                result.AddError("--password-file is the password of an account: add --login NAME, without --addressed");
            }

            if (result.GetValue(addressed) && result.GetResult(login) is null)
            {
                result.AddError("The addressed protocol starts with a name: add --login NAME");
            }
        });

        command.SetAction((arguments, _) => RunAsync(
            WithTicket(ToOptions(arguments.GetValue(address), arguments.GetValue(addressed), arguments.GetValue(login)) with
            {
                Password = ReadPassword(arguments.GetValue(password)),
                Transcript = arguments.GetValue(transcript),
                Tls = TlsOf(arguments.GetValue(tls), arguments.GetValue(pin), ReadCertificate(arguments.GetValue(certificate))),
                Detail = arguments.GetValue(quiet) ? LineDetail.Quiet
                    : Console.IsInputRedirected && !arguments.GetValue(plain) ? LineDetail.Answers
                    : LineDetail.All,
            }),
            isPlain: arguments.GetValue(plain) || arguments.GetValue(quiet)));
        return command;
    }

    private static ClientTlsOptions? TlsOf(bool isTls, string? pin, X509Certificate2? certificate)
        => isTls || pin is not null || certificate is not null ? new ClientTlsOptions { PinnedCertificate = pin, ClientCertificate = certificate } : null;

    /// <summary>Reads the first line of a file, as the command line is for every user of the machine to see.</summary>
    private static string? ReadPassword(string? file)
        => file is null ? null : File.ReadLines(file).FirstOrDefault() is { Length: > 0 } line ? line : throw new IOException($"The first line of {file} is empty: write the password there");

    /// <summary>Logs in with what sshd has put into the environment for the key that was shown to it, unless a name is given.</summary>
    private static ChatOptions WithTicket(ChatOptions options)
        => options is { Addressed: false, Login: null }
            && Environment.GetEnvironmentVariable(LoginVariable) is { Length: > 0 } login
            && Environment.GetEnvironmentVariable(TicketVariable) is { Length: > 0 } ticket
                ? options with { Login = login, Password = ticket }
                : options;

    private static X509Certificate2? ReadCertificate(string? file) => file is null ? null : X509Certificate2.CreateFromPemFile(file);

    private static ChatOptions ToOptions(string[]? addresses, bool addressed, string? login)
    {
        int port = addressed ? ChatOptions.AddressedPort : ChatOptions.LinesPort;
        ServerAddress[] servers =
        [
            .. (addresses is { Length: > 0 } ? addresses : ["127.0.0.1"]).Select(address => ServerAddress.TryParse(address, port, out ServerAddress? server, out string? error)
                ? server
                : throw new ArgumentException(error, nameof(addresses))),
        ];
        return new ChatOptions(servers[0], addressed, login) { Others = servers[1..] };
    }

    private static async Task<int> RunAsync(ChatOptions options, bool isPlain)
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration interrupt = EndOn(PosixSignal.SIGINT, ExitCode.Interrupted, ended);
        using PosixSignalRegistration terminate = EndOn(PosixSignal.SIGTERM, ExitCode.Terminated, ended);
        var notices = new StreamWriter(StandardStreams.OpenError(), new UTF8Encoding(false)) { AutoFlush = true };
        bool isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        if (isInteractive && !isPlain && !options.Addressed && HasFullScreen())
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
            IsPipe = Console.IsInputRedirected,
            Echo = Console.IsInputRedirected ? null : OperatingSystem.IsWindows() ? new WindowsTerminalEcho() : new UnixTerminalEcho(),
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
