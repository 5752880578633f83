using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A newer program takes a running server's place: connections stay; and a program that will not do leaves the old one as it was.</summary>
public sealed partial class UpgradeTests
{
    [Fact]
    public async Task Connections_stay_and_nobody_is_seen_to_leave()
    {
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(data, "--history-replay", "0", "--irc", "127.0.0.1:0");
        await using Drained drained = new(data, server);
        using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann");
        using Chatter dora = await Chatter.LogInAsync(server.AddressedPort, "Dora");
        using Chatter ida = await JoinIrcAsync(server.IrcPort, "Ida");
        await ann.Heard.SkipToAsync("Ida joined");
        await ann.SayAndHearAsync("kept");
        await ida.Heard.SkipToAsync("the message", line => line.Contains("PRIVMSG #main :kept", StringComparison.Ordinal));

        int process = server.Id;
        for (int round = 1; round <= 3; round++)
        {
            // What is said while nobody serves is read by the next program.
            Task<(int ExitCode, string Said)> upgrading = UpgradeAsync(data);
            for (int i = 0; i < 50; i++)
            {
                await ida.SayAsync($"PRIVMSG #main :round {round} message {i}\r");
            }

            (int exitCode, string said) = await upgrading;
            Assert.True(exitCode == 0, said);
            process = int.Parse(ServesPattern().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
            for (int i = 0; i < 50; i++)
            {
                await ann.Heard.ExpectAsync($"Ida: round {round} message {i}");
            }

            await dora.SayAsync($"Ida: direct {round}");
            await ida.Heard.SkipToAsync("the direct message", line => line.EndsWith($" PRIVMSG Ida :direct {round}\r", StringComparison.Ordinal));
        }

        // The first process has ended as one that has done its work, and the last one serves all of it, newcomers too.
        await EndedAsync(server);
        using Chatter late = await Chatter.JoinAsync(server.LinesPort, "Late");
        await late.SayAndHearAsync("hello");
        Assert.Contains("kept", await RunAsync(0, "history", "export", "--room", "main", "--data", data), StringComparison.Ordinal);
        await RunAsync(0, "drain", "--data", data);
        Assert.Equal(0, await server.ExitAsync());
        Assert.False(Directory.Exists($"/proc/{process}") && !File.ReadAllText($"/proc/{process}/stat").Contains(" Z ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hang_up_in_the_middle_of_it_ends_nobody_and_a_drain_for_programs_waits_for_the_end()
    {
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(data, "--history-replay", "0");
        await using Drained drained = new(data, server);
        using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann");

        Task<(int ExitCode, string Said)> upgrading = UpgradeAsync(data);
        while (!upgrading.IsCompleted)
        {
            // Until it has done its work, and ends by itself.
            Signals.TrySend(server.Id, Signals.HangUp);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        (int exitCode, string said) = await upgrading;
        Assert.True(exitCode == 0, said);
        await ann.SayAndHearAsync("still here");
        await RunAsync(0, "drain", "--json", "--data", data);
        await RunAsync(1, "status", "--data", data);
    }

    [Fact]
    public async Task A_program_that_will_not_do_leaves_the_server_as_it_was()
    {
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        using TcpListener database = new(IPAddress.Loopback, 0);
        database.Start();
        string id = Path.Combine(folder.Path, "id");
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(data, "--history-replay", "0", "--irc", "127.0.0.1:0", "--upgrade-timeout", "8s");
        await using Drained drained = new(data, server);
        using Chatter ann = await Chatter.JoinAsync(server.LinesPort, "Ann");
        using Chatter ida = await JoinIrcAsync(server.IrcPort, "Ida");
        await ann.Heard.SkipToAsync("Ida joined");

        // It ends with an error.
        await FailAsync("exit 7", "The new program has ended with exit code 7");

        // It never says that it is ready.
        await FailAsync("exec sleep 60", "The new program was not ready within 8 s (--upgrade-timeout), and was ended");

        // It finds settings that will not do.
        await FailAsync($"exec '{ParleyBinary.Path}' \"$@\" --max-line-bytes 0", "--max-line-bytes: '0' will not do");

        // When this server has stopped, it cannot open the store.
        await FailAsync($"exec '{ParleyBinary.Path}' $(echo \"$@\" | sed 's#{data}#/dev/null/none#')", "/dev/null/none");

        // It is killed while it opens the store, which does not answer: between the freeze and "taken".
        string stuck = $"echo $$ > '{id}'; exec '{ParleyBinary.Path}' \"$@\" --database 'postgres://x@{database.LocalEndpoint}/x'";
        Task killing = KillAsync();
        await FailAsync(stuck, "The new program has ");
        await killing;

        // It hangs there: for 10 s, which it waits for a database.
        await FailAsync(stuck, "The new program was not in this one's place within 8 s (--upgrade-timeout), and was ended");

        // And one that will do takes over afterwards, from the same process.
        (int exitCode, string said) = await UpgradeAsync(data);
        Assert.True(exitCode == 0, said);
        await ida.SayAsync("PRIVMSG #main :taken over\r");
        await ann.Heard.ExpectAsync("Ida: taken over");
        await EndedAsync(server);
        await RunAsync(0, "drain", "--data", data);
        Assert.Equal(0, await server.ExitAsync());

        async Task KillAsync()
        {
            using Socket connection = await database.AcceptSocketAsync();
            Signals.Send(int.Parse(await File.ReadAllTextAsync(id), CultureInfo.InvariantCulture), Signals.Kill);
        }

        async Task FailAsync(string script, string reason)
        {
            string program = Path.Combine(folder.Path, "program");
            await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            (int code, string words) = await UpgradeAsync(data, "--program", program);
            Assert.Equal(1, code);
            Assert.Contains(reason, words, StringComparison.Ordinal);
            Assert.EndsWith("This server goes on as it was", words.TrimEnd(), StringComparison.Ordinal);
            await server.Log.SkipToAsync("the reason in the log", line => line.Contains("A newer program has not taken this server's place: ", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
            Assert.Contains("\"action\":\"upgrade failed\"", await RunAsync(0, "audit", "--last", "1", "--json", "--data", data), StringComparison.Ordinal);
            await ida.SayAsync($"PRIVMSG #main :behind {script.Length}\r");
            await ann.Heard.ExpectAsync($"Ida: behind {script.Length}");
            Assert.False(server.HasExited);
        }
    }

    [Fact]
    public async Task The_environment_stays_and_the_verb_says_what_is_in_it()
    {
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        await using ParleyServer server = await ParleyServer.StartFromShellAsync("export PARLEY_NETWORK_NAME=Ours PARLEY_ADMIN_NAME=Ida", "--data", data);
        await using Drained drained = new(data, server);

        (int exitCode, string said) = await UpgradeAsync(data);

        Assert.True(exitCode == 0, said);
        Assert.Contains("Its environment is that of the program before (PARLEY_NETWORK_NAME, PARLEY_ADMIN_NAME): variables that have changed since take a restart", said, StringComparison.Ordinal);
        await EndedAsync(server);
    }

    [Fact]
    public async Task The_service_manager_is_told_which_process_serves()
    {
        using TemporaryFolder folder = new();
        string data = Path.Combine(folder.Path, "data");
        string path = Path.Combine(folder.Path, "notify");
        using Socket manager = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(path));
        await using ParleyServer server = await ParleyServer.StartFromShellAsync(
            $"export NOTIFY_SOCKET='{path}'", "--data", data, "--irc", "127.0.0.1:0");
        await using Drained drained = new(data, server);
        using Chatter ida = await JoinIrcAsync(server.IrcPort, "Ida");

        Task<(int ExitCode, string Said)> upgrading = UpgradeAsync(data);
        Match main = Regex.Match(await NoticeAsync(), "^MAINPID=([0-9]+)$");
        Assert.True(main.Success);

        // What comes with it is closed here at once, as nobody takes it out.
        Assert.Equal("BARRIER=1", await NoticeAsync());
        (int exitCode, string said) = await upgrading;
        Assert.True(exitCode == 0, said);
        Assert.Equal(main.Groups[1].Value, ServesPattern().Match(said).Groups[1].Value);
        await EndedAsync(server);
        await ida.SayAsync("PING :still\r");
        await ida.Heard.SkipToAsync("the answer", line => line.Contains("PONG parley :still", StringComparison.Ordinal));
        await RunAsync(0, "drain", "--data", data);
        Assert.Equal("STOPPING=1", await NoticeAsync());
        Assert.Equal(0, await server.ExitAsync());

        async Task<string> NoticeAsync()
        {
            byte[] buffer = new byte[4096];
            int length = await Safety.WaitForAsync(manager.ReceiveAsync(buffer), "a notice", () => "");
            return Encoding.ASCII.GetString(buffer, 0, length).Trim();
        }
    }

    private static async Task<Chatter> JoinIrcAsync(int port, string nick)
    {
        Chatter chatter = await Chatter.ConnectAsync(port, nick);
        await chatter.SayAsync($"NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\nJOIN #main\r");
        await chatter.Heard.SkipToAsync("the end of the names", line => line.Contains(" 366 ", StringComparison.Ordinal));
        return chatter;
    }

    private static async Task<(int ExitCode, string Said)> UpgradeAsync(string data, params string[] more)
    {
        await using ChildProcess upgrade = ParleyBinary.Run(["upgrade", "--data", data, .. more]);
        int exitCode = await upgrade.ExitAsync();
        return (exitCode, string.Join('\n', upgrade.Output.All.Concat(upgrade.Errors.All)));
    }

    private static async Task<string> RunAsync(int expected, params string[] arguments)
    {
        await using ChildProcess program = ParleyBinary.Run(arguments);
        int exitCode = await program.ExitAsync();
        Assert.True(exitCode == expected, program.ToString());
        return string.Join('\n', program.Output.All);
    }

    /// <summary>The process has ended; its output has not, as the next one has it.</summary>
    private static Task EndedAsync(ParleyServer server)
        => Safety.UntilAsync(() => Task.FromResult(server.HasExited), hasExited => hasExited, "the end of the first process");

    /// <summary>Stops whichever process serves, should a test fail.</summary>
    private sealed class Drained(string data, ParleyServer server) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            server.LeaveAlone();
            await using ChildProcess drain = ParleyBinary.Run(["drain", "--data", data]);
            await drain.ExitAsync();
        }
    }

    [GeneratedRegex("serves as process ([0-9]+)")]
    private static partial Regex ServesPattern();
}
