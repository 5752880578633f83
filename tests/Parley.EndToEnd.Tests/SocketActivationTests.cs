using System.Net.Sockets;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A supervisor opens the ports and passes them on (sd_listen_fds(3)), so that nobody is refused while the server starts again.</summary>
public sealed class SocketActivationTests
{
    private static readonly string[] Names = ["lines", "lines-tls", "addressed", "addressed-tls", "irc", "ircs", "http", "https", "collect"];

    /// <summary>Listens at a free port for each name, says which, and becomes the server when told to; sockets stay open across a second server.</summary>
    private const string Supervisor = """
        use Socket; use Fcntl; $| = 1;
        my @names = split /:/, shift; my @sockets;
        for my $name (@names) {
          socket(my $socket, AF_INET, SOCK_STREAM, 0); bind($socket, pack_sockaddr_in(0, INADDR_LOOPBACK)); listen($socket, 128);
          my $fd = fcntl($socket, F_DUPFD, 100); push @sockets, [$fd, $socket]; my ($port) = sockaddr_in(getsockname($socket));
          print "$name 127.0.0.1:$port\n";
        }
        close($_->[1]) for @sockets;
        print "waiting\n";
        while (<STDIN>) {
          my $child = fork;
          if (!$child) {
            require POSIX; my $fd = 3;
            POSIX::dup2($_->[0], $fd++) for @sockets;
            POSIX::close($_->[0]) for @sockets;
            @ENV{'LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES'} = ($$, scalar @names, join(':', @names));
            exec @ARGV;
          }
          waitpid($child, 0); print "ended ", $? >> 8, "\n";
        }
        """;

    [Fact]
    public async Task Every_listener_takes_its_socket_and_who_comes_between_two_servers_is_served_by_the_second()
    {
        using TlsPlace place = new();
        await using ChildProcess supervisor = ChildProcess.Start(
            Programs.Need("perl"),
            [
                "-e", Supervisor, string.Join(':', Names), ParleyBinary.Path, "serve", "--collect-room", "status", "--history-replay", "0",
                .. place.Settings.SkipWhile(word => word != "--tls-certificate"),
            ]);
        Dictionary<string, string> addresses = [];
        while (await supervisor.Output.NextAsync("the ports") is { } line && line != "waiting")
        {
            addresses.Add(line.Split(' ')[0], line.Split(' ')[1]);
        }

        int port = int.Parse(addresses["lines"].Split(':')[1]);
        using (LineSocket early = await LineSocket.ConnectAsync(port))
        {
            await supervisor.SendLineAsync("start");
            await ExpectListenersAsync(supervisor, addresses);
            Assert.Equal("Server commands", await early.ReadLineAsync());
        }

        int server = await ChildOfAsync(supervisor.Id);
        Signals.Send(server, Signals.Terminate);
        await supervisor.Output.SkipToAsync("ended 0");

        // Nobody serves the port now, and nobody is refused.
        using LineSocket between = await LineSocket.ConnectAsync(port);
        await supervisor.SendLineAsync("start again");
        await ExpectListenersAsync(supervisor, addresses);
        Assert.Equal("Server commands", await between.ReadLineAsync());
        Signals.Send(await ChildOfAsync(supervisor.Id), Signals.Terminate);
        await supervisor.Output.SkipToAsync("ended 0");
    }

    [Fact]
    public async Task It_is_what_systemd_passes()
    {
        string systemd = Programs.Need("systemd-socket-activate");
        using Socket reserved = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        reserved.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        int port = ((System.Net.IPEndPoint)reserved.LocalEndPoint!).Port;
        reserved.Dispose();
        await using ChildProcess server = ChildProcess.Start(
            systemd,
            [
                "-l", $"127.0.0.1:{port}", "--fdname=irc", "-E", "XDG_DATA_HOME",
                ParleyBinary.Path, "serve", "--data", "none", "--lines", "off", "--addressed", "off", "--irc", "off", "--http", "off",
            ]);
        await server.Errors.SkipToAsync("its address", line => line.StartsWith("Listening on ", StringComparison.Ordinal));

        using LineSocket first = await LineSocket.ConnectAsync(port);
        await first.SendLineAsync("NICK Ann\r\nUSER a 0 * a\r");
        await server.Output.SkipToAsync("the listener", line => line == $"{"irc",-10} 127.0.0.1:{port}");
        Assert.Contains(" 001 Ann ", await ReadUntilAsync(first, " 001 "), StringComparison.Ordinal);
        server.Signal(Signals.Terminate);
        Assert.Equal(0, await server.ExitAsync());
    }

    private static async Task<string> ReadUntilAsync(LineSocket socket, string text)
    {
        while (await socket.ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "";
    }

    private static async Task ExpectListenersAsync(ChildProcess supervisor, Dictionary<string, string> addresses)
    {
        Dictionary<string, string> said = [];
        while (await supervisor.Output.NextAsync("'ready'") is { } line && line != "ready")
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (addresses.ContainsKey(words[0]))
            {
                said.Add(words[0], words[1]);
            }
        }

        Assert.Equal(addresses.OrderBy(each => each.Key, StringComparer.Ordinal), said.OrderBy(each => each.Key, StringComparer.Ordinal));
    }

    private static Task<int> ChildOfAsync(int parent) => Safety.UntilAsync(
        () => Task.FromResult(int.Parse("0" + File.ReadAllText($"/proc/{parent}/task/{parent}/children").Trim())), child => child > 0, "the server");
}
