using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A real sshd, set up as docs/operations/ssh.md has it, opens the full-screen client and nothing else.</summary>
public sealed class SshTests : IAsyncDisposable
{
    private const string Page = "docs/operations/ssh.md";

    private readonly TemporaryFolder _folder = new();
    private ChildProcess? _sshd;
    private ParleyServer? _server;
    private int _port;

    [Fact]
    public async Task Keys_go_in_a_full_screen_chat_comes_out_and_it_fits_its_terminal()
    {
        await StartAsync(Door.Guests);
        using Chatter bob = await Chatter.JoinAsync(_server!.LinesPort, "Bob");
        await using TmuxPane pane = await TmuxPane.StartAsync(90, 24);
        await pane.RunAsync($"clear; {Ssh()}");
        await pane.WaitForAsync("Members (2)");

        await pane.TypeAsync("/name Ana");
        await pane.PressAsync("Enter");
        await bob.Heard.SkipToAsync("the name", line => line.EndsWith(" is now Ana", StringComparison.Ordinal));
        await pane.ResizeAsync(40, 10);
        await pane.WaitForAsync("a screen without room for the members", screen => !screen.Contains("Members", StringComparison.Ordinal) && screen.Contains("Ana", StringComparison.Ordinal));
        await pane.ResizeAsync(100, 30);
        await pane.WaitForAsync("all 30 rows", screen => screen.Contains("Members (2)", StringComparison.Ordinal) && screen.TrimEnd().Split('\n').Length == 30);

        // There is no shell behind it that Ctrl+Z would leave it for: the client is still the one who reads.
        await pane.PressAsync("C-z");
        await pane.TypeAsync("still in here");
        await pane.PressAsync("Enter");
        await bob.Heard.SkipToAsync("Ana: still in here");

        await pane.PressAsync("Escape");
        await pane.WaitForAsync("the shell from which ssh was called", screen => screen.TrimEnd().EndsWith('$'));
        await bob.Heard.SkipToAsync("Ana left");
    }

    [Fact]
    public async Task Whatever_else_is_asked_for_chat_is_what_runs_and_nothing_is_forwarded()
    {
        await StartAsync(Door.Guests);
        using Chatter bob = await Chatter.JoinAsync(_server!.LinesPort, "Bob");

        // A command: it is not run, and what is written to it is said.
        await using ChildProcess command = ChildProcess.Start("/bin/bash", ["-c", $"echo 'id; touch {FileOf("escaped")}' | {Ssh()} 'touch {FileOf("escaped")}; id'"]);
        Assert.Equal(0, await command.ExitAsync());
        Assert.DoesNotContain(command.Output.All, line => line.Contains("uid=", StringComparison.Ordinal));
        await bob.Heard.SkipToAsync("what was written", line => line.EndsWith($": id; touch {FileOf("escaped")}", StringComparison.Ordinal));
        Assert.False(File.Exists(FileOf("escaped")));

        // Ports: sshd lets none through, so the one at the other end is not reached.
        using TcpListener secret = new(IPAddress.Loopback, 0);
        secret.Start();
        await using ChildProcess forwarding = ChildProcess.Start("/bin/bash", ["-c", $"{Ssh($"-W 127.0.0.1:{((IPEndPoint)secret.LocalEndpoint).Port}")}"]);
        Assert.NotEqual(0, await forwarding.ExitAsync());
        Assert.Contains(forwarding.Errors.All, line => line.Contains("stdio forwarding failed", StringComparison.Ordinal));
        Assert.False(secret.Pending());
    }

    [Fact]
    public async Task A_key_with_a_command_of_its_own_comes_in_under_its_name()
    {
        await StartAsync(Door.Names);
        using Chatter bob = await Chatter.JoinAsync(_server!.LinesPort, "Bob");
        await using TmuxPane pane = await TmuxPane.StartAsync(90, 24);

        await pane.RunAsync($"clear; {Ssh()}");

        await pane.WaitForAsync("main  ann");
        await pane.TypeAsync("by key");
        await pane.PressAsync("Enter");
        await bob.Heard.SkipToAsync("ann: by key");
    }

    [Fact]
    public async Task A_key_of_an_account_logs_in_to_it()
    {
        await StartAsync(Door.Accounts);
        await AccountAsync("add", "ann");
        await AccountAsync("key", "add", "ann", FileOf("person.pub"));
        using Chatter bob = await Chatter.JoinAsync(_server!.LinesPort, "Bob");
        await using TmuxPane pane = await TmuxPane.StartAsync(90, 24);

        await pane.RunAsync($"clear; {Ssh()}");
        await pane.WaitForAsync("You are logged in as ann");
        await pane.WaitForAsync("main  ann");
        await pane.TypeAsync("by key");
        await pane.PressAsync("Enter");
        await bob.Heard.SkipToAsync("ann: by key");

        // Without the key, the account is nobody's: another key opens no door, and one that was taken away opens it no more.
        await pane.PressAsync("Escape");
        await bob.Heard.SkipToAsync("ann left");
        await MakeKeyAsync("other");
        await using ChildProcess other = ChildProcess.Start("/bin/bash", ["-c", Ssh(key: "other")]);
        Assert.Equal(255, await other.ExitAsync());
        await AccountAsync("key", "remove", "ann", FileOf("person.pub"));
        await using ChildProcess ssh = ChildProcess.Start("/bin/bash", ["-c", Ssh()]);
        Assert.Equal(255, await ssh.ExitAsync());
        Assert.Contains(ssh.Errors.All, line => line.Contains("Permission denied (publickey)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_key_does_not_open_the_door()
    {
        await StartAsync(Door.Guests);
        await MakeKeyAsync("other");

        await using ChildProcess ssh = ChildProcess.Start("/bin/bash", ["-c", Ssh(key: "other")]);

        Assert.Equal(255, await ssh.ExitAsync());
        Assert.Contains(ssh.Errors.All, line => line.Contains("Permission denied (publickey)", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_sshd is not null)
        {
            await _sshd.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>The three configurations of the page.</summary>
    private enum Door
    {
        Guests,
        Accounts,
        Names,
    }

    /// <summary>Starts a server, and an sshd with one of the page's configurations for this user, on free ports.</summary>
    private async Task StartAsync(Door door)
    {
        string sshd = Programs.Need("sshd");
        Programs.Need("ssh");
        Programs.Need("tmux");
        _server = await ParleyServer.StartWithHistoryAsync(FileOf("data"));
        await MakeKeyAsync("host");
        await MakeKeyAsync("person");
        if (Environment.IsPrivilegedProcess)
        {
            // Of the package, where its service has not been started.
            Directory.CreateDirectory("/run/sshd");
        }

        List<string> blocks = [.. FreshRoot.BlocksOf(Page, "text").Select(block => block.Block)];
        string match = blocks.Single(block => block.Contains(door == Door.Accounts ? "AuthorizedKeysCommand " : "ForceCommand", StringComparison.Ordinal) && block.Contains("Match User", StringComparison.Ordinal) && block.Contains("AuthorizedKeysCommand", StringComparison.Ordinal) == (door == Door.Accounts));
        string line = blocks.Single(block => block.Contains("command=", StringComparison.Ordinal));
        string key = File.ReadAllText(FileOf("person.pub"));
        string chat = string.Create(CultureInfo.InvariantCulture, $"'{ParleyBinary.Path}' chat 127.0.0.1:{_server.LinesPort}");
        File.WriteAllText(FileOf("authorized_keys"), door == Door.Guests ? key : line[..line.IndexOf("ssh-ed25519", StringComparison.Ordinal)].Replace("/usr/bin/parley chat", chat, StringComparison.Ordinal) + key);
        _port = FreePort();
        File.WriteAllText(FileOf("sshd_config"), $"""
            ListenAddress 127.0.0.1:{_port}
            HostKey {FileOf("host")}
            PidFile none
            UsePAM no
            StrictModes no
            PermitRootLogin yes
            LogLevel VERBOSE
            {string.Join('\n', match.Split('\n').Where(each => door != Door.Names || !each.Contains("ForceCommand", StringComparison.Ordinal)))
                .Replace("Match User chat", $"Match User {Environment.UserName}", StringComparison.Ordinal)
                .Replace("/etc/parley/ssh/authorized_keys", FileOf("authorized_keys"), StringComparison.Ordinal)
                .Replace("AuthorizedKeysCommandUser parley", $"AuthorizedKeysCommandUser {Environment.UserName}", StringComparison.Ordinal)
                .Replace("/usr/bin/parley account", $"/usr/bin/env {ParleyBinary.Path} account", StringComparison.Ordinal)
                .Replace("/var/lib/parley", FileOf("data"), StringComparison.Ordinal)
                .Replace("/usr/bin/parley chat", chat, StringComparison.Ordinal)}
            """);
        _sshd = ChildProcess.Start(sshd, ["-D", "-e", "-f", FileOf("sshd_config")]);
        await _sshd.Errors.SkipToAsync("its port", said => said.StartsWith("Server listening on ", StringComparison.Ordinal));
    }

    /// <summary>Runs a verb of <c>parley account</c>, with a password on standard input.</summary>
    private async Task AccountAsync(params string[] words)
    {
        await using ChildProcess account = ChildProcess.Start("/bin/bash", ["-c", $"echo 'correct horse' | '{ParleyBinary.Path}' account {string.Join(' ', words)} --data '{FileOf("data")}'"]);
        Assert.True(await account.ExitAsync() == 0, $"{account}");
    }

    private async Task MakeKeyAsync(string name)
    {
        await using ChildProcess keygen = ChildProcess.Start(Programs.Need("ssh-keygen"), ["-q", "-t", "ed25519", "-N", "", "-f", FileOf(name)]);
        Assert.Equal(0, await keygen.ExitAsync());
    }

    private string Ssh(string options = "", string key = "person") => string.Create(
        CultureInfo.InvariantCulture,
        $"ssh -F none -i {FileOf(key)} -o IdentitiesOnly=yes -o IdentityAgent=none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p {_port} {options} {Environment.UserName}@127.0.0.1");

    private string FileOf(string name) => Path.Combine(_folder.Path, name);

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
