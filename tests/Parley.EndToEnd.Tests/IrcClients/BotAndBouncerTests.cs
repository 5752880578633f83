using System.Net;
using System.Net.Sockets;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests.IrcClients;

/// <summary>Programs that stay while their people are away: a bot, and a bouncer.</summary>
public sealed class BotAndBouncerTests
{
    [Fact]
    public async Task Eggdrop_obeys_what_is_said_now_and_nothing_that_was_said_before()
    {
        string eggdrop = Programs.Need("eggdrop");
        using TemporaryFolder folder = new();
        using TemporaryFolder home = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path, "--irc", "127.0.0.1:0");
        using Chatter lena = await Chatter.JoinAsync(server.LinesPort, "Lena");
        await lena.SayAndHearAsync("!deploy before");
        await File.WriteAllTextAsync(Path.Combine(home.Path, "eggdrop.conf"), $$"""
            set nick "Eggy"
            set altnick "Eggy-2"
            set username "egg"
            set realname "A bot"
            set network "Parley"
            set timezone "UTC"
            set offset "0"
            set net-type 5
            set userfile "users"
            set chanfile "rooms"
            set help-path "/usr/share/eggdrop/help/"
            set text-path "/usr/share/eggdrop/text/"
            set mod-path "/usr/lib/eggdrop/modules/"
            addlang "english"
            loadmodule blowfish
            loadmodule channels
            loadmodule server
            loadmodule irc
            set servers { 127.0.0.1:{{server.IrcPort}} }
            channel add #main
            bind pub - !deploy deploy
            proc deploy {nick host handle room text} { putserv "PRIVMSG $room :deploying $text" }
            bind msg - hello greet
            proc greet {nick host handle text} { putserv "PRIVMSG $nick :hello $nick" }

            """, TestContext.Current.CancellationToken);
        await using ChildProcess bot = StartAsPerson(eggdrop, ["-n", "-m", "eggdrop.conf"], home.Path);
        await lena.Heard.SkipToAsync("Eggy joined");

        await lena.SayAsync("!deploy now");

        await lena.Heard.SkipToAsync("Eggy: deploying now");
        await lena.SayAsync("/msg Eggy hello");
        await lena.Heard.SkipToAsync("from Eggy: hello Lena");
        Assert.DoesNotContain("Eggy: deploying before", lena.Heard.All);
    }

    [Fact]
    public async Task Bip_keeps_what_is_said_while_nobody_is_attached()
    {
        string bip = Programs.Need("bip");
        using TemporaryFolder folder = new();
        using TemporaryFolder home = new();
        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(folder.Path, "--irc", "127.0.0.1:0");
        using Chatter lena = await Chatter.JoinAsync(server.LinesPort, "Lena");
        await lena.SayAndHearAsync("said before");
        int port = FreePort();
        string settings = Path.Combine(home.Path, "bip.conf");

        // With any other number of backlog_lines the last alone is shown; the hash is that of "secret".
        await File.WriteAllTextAsync(settings, $$"""
            ip = "127.0.0.1";
            port = {{port}};
            log = true;
            log_root = "{{home.Path}}/logs";
            log_sync_interval = 1;
            pid_file = "{{home.Path}}/bip.pid";
            backlog = true;
            backlog_lines = 0;
            network { name = "parley"; server { host = "127.0.0.1"; port = {{server.IrcPort}}; }; };
            user {
              name = "bea"; password = "71a6acef0c481d5ad4283b4238f49341824c7199"; ssl_check_mode = "none";
              default_nick = "Bea"; default_user = "bea"; default_realname = "Bea";
              connection { name = "parley"; network = "parley"; channel { name = "#main"; }; };
            };

            """, TestContext.Current.CancellationToken);
        await using ChildProcess bouncer = ChildProcess.Start(bip, ["-n", "-f", settings, "-s", home.Path]);
        await lena.Heard.SkipToAsync("Bea joined");
        await lena.SayAsync("first");
        await lena.SayAsync("second");
        await LogsAsync(home.Path, "second");

        using LineSocket bea = await LineSocket.ConnectAsync(port);
        await bea.SendLineAsync("PASS bea:secret:parley");
        await bea.SendLineAsync("NICK Bea");
        await bea.SendLineAsync("USER bea 0 * :Bea");
        List<string> backlog = await ReadUntilAsync(bea, "End of backlog");

        Assert.Equal(["said before", "first", "second"], backlog.SelectMany(Said));
        await bea.SendLineAsync("PRIVMSG #main :hello through bip");
        await lena.Heard.SkipToAsync("Bea: hello through bip");
        await lena.SayAsync("grüße");
        await ReadUntilAsync(bea, "PRIVMSG #main :grüße");
    }

    /// <summary>Starts a program that refuses to be root's.</summary>
    private static ChildProcess StartAsPerson(string program, string[] arguments, string folder)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return ChildProcess.Start(program, arguments, folder: folder);
        }

        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        return ChildProcess.Start(
            Programs.Need("setpriv"), ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments], new Dictionary<string, string> { ["HOME"] = folder }, folder);
    }

    private static IEnumerable<string> Said(string line)
        => new[] { "said before", "first", "second" }.Where(text => line.EndsWith($" {text}", StringComparison.Ordinal));

    private static async Task<List<string>> ReadUntilAsync(LineSocket socket, string text)
    {
        List<string> read = [];
        while (read.Count == 0 || !read[^1].Contains(text, StringComparison.Ordinal))
        {
            string? line = await Safety.WaitForAsync(socket.ReadLineAsync().AsTask(), $"'{text}' from bip", () => string.Join('\n', read));
            read.Add(line?.TrimEnd('\r') ?? throw new InvalidOperationException($"bip ended before it said '{text}': {string.Join('\n', read)}"));
        }

        return read;
    }

    private static Task LogsAsync(string home, string text) => Safety.UntilAsync(
        async () =>
        {
            string logs = "";
            foreach (string file in Directory.Exists(Path.Combine(home, "logs")) ? Directory.GetFiles(Path.Combine(home, "logs"), "#main*", SearchOption.AllDirectories) : [])
            {
                using StreamReader reader = new(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
                logs += await reader.ReadToEndAsync();
            }

            return logs;
        },
        logs => logs.Contains(text, StringComparison.Ordinal),
        $"bip to have '{text}' in its log");

    /// <summary>A port that was free a moment ago, for a program that cannot choose one.</summary>
    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
