using System.Net;
using System.Net.Sockets;
using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>KILL, WALLOPS, REHASH: https://modern.ircdocs.horse/#operator-messages</summary>
public sealed class OperatorCommandTests : OperatorTest
{
    private const string Kill = "https://modern.ircdocs.horse/#kill-message";
    private const string Wallops = "https://modern.ircdocs.horse/#wallops-message";

    [Theory]
    [InlineData("KILL Bob :spam")]
    [InlineData("KILL Bob")]
    [InlineData("WALLOPS :hello")]
    [InlineData("REHASH")]
    [InlineData("STATS o")]
    [Quote("https://modern.ircdocs.horse/#errnoprivileges-481", "Indicates that the command failed because the user is not an [IRC operator](#operators).")]
    public async Task Others_may_not(string line)
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));

        Assert.Equal(":parley 481 Ann :Permission denied: you are not an operator of the server", (await ann.AskAsync(line))[0].Body);
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Kill, "When a `KILL` command is used, the client being killed receives the `KILL` message, and the `<source>` of the message SHOULD be the operator who performed the command.")]
    [Quote(Kill, "The `<reason>` on this `QUIT` message typically has the form: `\"Killed (<killer> (<reason>))\"` where `<killer>` is the nickname of the user who performed the `KILL`.")]
    public async Task Who_is_killed_is_told_and_so_are_others()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""), ("Cid", ""));
        await RaiseAsync(all[0]);

        Assert.DoesNotContain("401", (await all[0].AskAsync("KILL bob :no more spam")).Commands());

        Assert.Equal(
            [":Ann!~ann@localhost KILL Bob :no more spam", "ERROR :Killed (Ann (no more spam))"],
            (await all[1].ReadToEndAsync()).Bodies());
        await all[2].ExpectLineAsync(":Bob!~bob@localhost QUIT :Killed (Ann (no more spam))");
    }

    [Fact]
    [Quote(Kill, "Clients can rejoin instantly after this command is performed on them.")]
    public async Task Who_was_killed_may_come_again()
    {
        var (ann, bob) = (await RaiseAsync(await Server.RegisterAsync("Ann")), await Server.RegisterAsync("Bob"));
        await ann.AskAsync("KILL Bob :x");
        await bob.ReadToEndAsync();

        await Server.RegisterAsync("Bob");
    }

    [Theory]
    [InlineData("MODE #room +m")]
    [InlineData("KICK #room Bob")]
    [InlineData("KICK #room Bob,Cid")]
    [InlineData("RENAME #room #other")]
    [Quote("https://ircv3.net/specs/extensions/labeled-response", "Servers MUST respond with a labeled `ACK` message when a client sends a labeled command that normally produces no response.")]
    public async Task What_an_operator_does_from_outside_of_a_room_is_acknowledged(string line)
    {
        await Server.JoinAllAsync("#room", ("Bob", ""), ("Cid", ""), ("Dan", ""));
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann", "labeled-response batch"));

        var told = Assert.Single(await ann.AskAsync($"@label=a1 {line}"));

        Assert.Equal(("ACK", "a1"), (told.Command, told.Tags["label"]));
    }

    [Fact]
    public async Task Somebody_on_lines_can_be_killed()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await RaiseAsync(await Server.JoinAsync("Ann", "#main"));
        await lena.ExpectAsync("Ann joined");

        await ann.SendAsync("KILL Lena :enough");

        await lena.ExpectAsync("Killed (Ann (enough))");
        await ann.ExpectLineAsync(":Lena!lines@localhost QUIT :Killed (Ann (enough))");
    }

    [Fact]
    public async Task An_operator_can_kill_itself()
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));
        await ann.SendAsync("KILL Ann :bye");

        Assert.Equal(["KILL", "ERROR"], (await ann.ReadToEndAsync()).Commands());
    }

    [Fact]
    public async Task Whom_there_is_not_nobody_kills()
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));

        Assert.Equal([":parley 401 Ann nobody :No such nick/channel"], (await ann.AskAsync("KILL nobody :x")).Bodies());
        Assert.Equal([":parley 461 Ann KILL :Not enough parameters"], (await ann.AskAsync("KILL Bob")).Bodies());
    }

    [Fact]
    public async Task Who_floods_says_nothing_more_once_it_is_killed()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));
        await RaiseAsync(all[0]);

        // Bob reads of it before it is so: the answer to Ann is what says that it is.
        var heard = await all[0].AskAsync("KILL Bob :flood");
        await all[1].SendAllAsync([.. Enumerable.Range(0, 20).Select(i => $"PRIVMSG #room :{i}")]);
        await all[1].ReadToEndAsync();
        heard.AddRange(await all[0].SyncAsync());

        Assert.Equal([":Bob!~bob@localhost QUIT :Killed (Ann (flood))"], heard.Bodies());
    }

    [Fact]
    public async Task Who_reads_nothing_is_cut_off_after_a_while()
    {
        var ann = await RaiseAsync(await Server.JoinAsync("Ann"));
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await silent.ConnectAsync((IPEndPoint)Server.AddressOf("irc"), TestContext.Current.CancellationToken);
        await silent.SendAsync("NICK Bob\r\nUSER bob 0 * :Bob\r\nJOIN #room\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await ann.ExpectAsync("JOIN");

        // Its answers fill its socket and then its outbox, until it is read from no more.
        var question = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("VERSION\r\n", 1000)));
        for (var i = 0; i < 20; i++)
        {
            await silent.SendAsync(question, TestContext.Current.CancellationToken);
        }

        await ann.AskAsync("KILL Bob :deaf");
        await Server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(10));
        Server.Time.Advance(TimeSpan.FromSeconds(10));
        Server.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(":Bob!~bob@localhost QUIT :Killed (Ann (deaf))", (await ann.ReadUntilAsync("QUIT"))[^1].Body);
    }

    [Fact]
    [Quote(Wallops, "The WALLOPS command is used to send a message to all currently connected users who have set the 'w' user mode for themselves.")]
    public async Task Wallops_are_heard_by_those_who_want_to()
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));
        var (bob, cid) = (await Server.RegisterAsync("Bob"), await Server.RegisterAsync("Cid"));
        await bob.AskAsync("MODE Bob +w");

        Assert.Empty(await ann.AskAsync("WALLOPS :restart at noon"));

        Assert.Equal([":Ann!~ann@localhost WALLOPS :restart at noon"], (await bob.SyncAsync()).Bodies());
        await cid.ExpectNothingAsync();
        await bob.AskAsync("MODE Bob -w");
        await ann.AskAsync("WALLOPS :again");
        await bob.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("WALLOPS")]
    [InlineData("WALLOPS :")]
    [Quote(Wallops, "The `<text>` SHOULD be non-empty.")]
    public async Task Wallops_need_a_text(string line)
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));

        Assert.Equal([":parley 461 Ann WALLOPS :Not enough parameters"], (await ann.AskAsync(line)).Bodies());
    }

    [Fact]
    public async Task Rehash_reads_the_files_again()
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));
        await File.WriteAllTextAsync(MotdFile, "New!\n", TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(OperatorsFile, [Line("other")], TestContext.Current.CancellationToken);

        Assert.Equal([":parley 382 Ann motd,irc-password,operators :Rehashing"], (await ann.AskAsync("REHASH")).Bodies());

        Assert.Equal([":parley 372 Ann :- New!"], (await ann.AskAsync("MOTD")).Of("372").Bodies());
        var bob = await Server.RegisterAsync("Bob");
        Assert.Equal(["464"], (await bob.AskAsync($"OPER root :{Password}")).Commands());
        Assert.Contains("381", (await bob.AskAsync($"OPER other :{Password}")).Commands());
    }

    [Fact]
    public async Task A_file_that_will_not_do_changes_nothing_and_is_told()
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));
        await File.WriteAllTextAsync(MotdFile, "New!\n", TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(OperatorsFile, ["root correct-horse"], TestContext.Current.CancellationToken);

        var lines = await ann.AskAsync("REHASH");

        Assert.Equal(["382", "400"], lines.Commands());
        Assert.Contains("line 1 will not do", lines[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("correct-horse", lines[1].Text, StringComparison.Ordinal);
        Assert.Equal(3, (await ann.AskAsync("MOTD")).Of("372").Length);
        await RaiseAsync(await Server.RegisterAsync("Bob"));
    }

    [Fact]
    public async Task Operators_are_listed_to_operators()
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann"));

        Assert.Equal(
            [":parley 243 Ann O *@* * root", ":parley 243 Ann O *@* * staff", ":parley 219 Ann o :End of /STATS report"],
            (await ann.AskAsync("STATS o")).Bodies());
    }

    [Fact]
    public async Task A_labeled_message_to_all_is_acknowledged_and_is_no_answer_itself()
    {
        var ann = await RaiseAsync(await Server.RegisterAsync("Ann", "labeled-response batch"));
        await ann.AskAsync("MODE Ann +w");

        var lines = await ann.AskAsync("@label=x WALLOPS :Good night");

        Assert.Equal([("ACK", "x"), ("WALLOPS", null)], lines.Select(line => (line.Command, line.Tags.GetValueOrDefault("label"))).Order());
    }
}
