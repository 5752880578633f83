using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Moderation;

/// <summary>docs/operations/moderation.md: bans and mutes in a room, on lines and IRC.</summary>
public sealed class RoomBanTests : ConformanceTest
{
    // The clock is moved by hours, and clients of tests answer no PING.
    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options => (options.IrcPingInterval, options.IrcPingTimeout) = (TimeSpan.FromDays(1), TimeSpan.FromDays(2)));

    [Fact]
    public async Task A_ban_on_lines_ends_by_itself_and_is_told_everywhere_with_its_end_and_reason()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var watcher = await Server.JoinAsync("Watcher", "#main");
        var mallory = await Server.JoinAsync("Mallory", "#main");
        await watcher.SyncAsync();

        await lena.SendLineAsync("/ban mallory 1h too loud");

        await lena.ReadUntilAsync("Lena banned mallory until 2026-06-01 13:00 UTC (too loud)");
        await lena.ReadUntilContainsAsync("Mallory left, kicked by Lena");
        Assert.Equal([":Lena!lines@localhost MODE #main +b Mallory!*@*", ":Lena!lines@localhost KICK #main Mallory :Banned until 2026-06-01 13:00 UTC: too loud"], (await watcher.SyncAsync()).Bodies());
        await mallory.AskAsync("NICK Mallory2");
        Assert.Equal(":parley 474 Mallory2 #main :Cannot join channel (+b): banned until 2026-06-01 13:00 UTC (too loud)", (await mallory.AskAsync("JOIN #main"))[0].Body);
        await lena.SendLineAsync("/bans");
        await lena.ReadUntilAsync("Banned - mallory (Mallory!*@*) until 2026-06-01 13:00 UTC, by Lena (too loud)");
        Assert.Contains(await watcher.AskAsync("MODE #main b"), line => line.Command == "367");

        Server.Time.Advance(TimeSpan.FromHours(1));

        await lena.SendLineAsync("/bans");
        await lena.ReadUntilAsync("Nobody is banned or muted in main");
        Assert.DoesNotContain(await watcher.AskAsync("MODE #main b"), line => line.Command == "367");
        Assert.Equal("JOIN", (await mallory.AskAsync("JOIN #main"))[0].Command);
    }

    [Theory]
    [InlineData("/ban guest 1h too loud", "You are banned from main until 2026-06-01 13:00 UTC (too loud)")]
    [InlineData("/ban guest 1h", "You are banned from main until 2026-06-01 13:00 UTC")]
    [InlineData("/ban guest too loud", "You are banned from main (too loud)")]
    [InlineData("/ban guest", "You are banned from main")]
    public async Task Whoever_comes_back_is_told_until_when_it_is_banned_and_why(string command, string told)
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var guest = await Server.EnterLinesAsync("Guest");
        await lena.SendLineAsync(command);
        await lena.ReadUntilContainsAsync("Guest left, kicked by Lena");

        await guest.SendLineAsync("/join main");

        await guest.ReadUntilAsync(told);
    }

    [Theory]
    [InlineData("/ban guest 99999999999d too loud")]
    [InlineData("/mute guest 0d")]
    public async Task A_time_that_will_not_do_bans_nobody_for_ever(string command)
    {
        var lena = await Server.EnterLinesAsync("Lena");
        await Server.EnterLinesAsync("Guest");

        await lena.SendLinesAsync(command, "/bans");

        await lena.ReadUntilAsync($"'{command.Split(' ')[2]}' will not do: give a time such as 30m, 12h, 2d, 1w or forever, of 100 years at most");
        await lena.ReadUntilAsync("Nobody is banned or muted in main");
    }

    [Fact]
    public async Task Of_several_bans_the_one_that_lasts_longest_is_told_and_a_reason_is_cut_where_it_is_long()
    {
        var op = await Server.JoinAsync("Op", "#main");
        var lena = await Server.EnterLinesAsync("Lena");
        var mallory = await Server.RegisterAsync("Mallory");
        await op.AskAsync("MODE #main +o Lena");
        Assert.Contains(await op.AskAsync("TBAN #main 1h mallory!*@localhost"), line => line.Command == "MODE");
        await lena.SendLineAsync($"/ban mallory 2h {new string('é', 120)}");
        await lena.ReadUntilContainsAsync("Lena banned");

        Assert.Equal(
            $":parley 474 Mallory #main :Cannot join channel (+b): banned until 2026-06-01 14:00 UTC ({new string('é', 100)}...)",
            (await mallory.AskAsync("JOIN #main"))[0].Body);
    }

    [Fact]
    public async Task A_ban_is_lifted_by_name_and_by_mask()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var mallory = await Server.JoinAsync("Mallory", "#main");
        await lena.SendLinesAsync("/ban Mallory", "/unban mallory");
        await lena.ReadUntilAsync("Lena unbanned Mallory");
        Assert.Contains(await mallory.AskAsync("JOIN #main"), line => line.Command == "JOIN");
        await lena.SendLinesAsync("/mute Mallory", "/unmute mallory!*@*");
        await lena.ReadUntilAsync("Lena unmuted Mallory");
        await lena.SendLineAsync("/unmute mallory");
        await lena.ReadUntilAsync("mallory is not muted in main: /bans shows who is");
    }

    [Fact]
    public async Task Whoever_may_not_is_told()
    {
        await Server.JoinAsync("Op", "#main");
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/ban Op", "/mute Op", "/ban Nobody", "/ban", "/unban");
        await lena.ExpectAsync("Only operators of main may do that", "Only operators of main may do that", "Only operators of main may do that", "Usage: /ban {name} [time] [reason]", "Usage: /unban {name}");
    }

    [Theory]
    [InlineData("~q:mallory", "~q:mallory!*@*")]
    [InlineData("~quiet:*!*@localhost", "~q:*!*@localhost")]
    [InlineData("m:mallory!*@*", "~q:mallory!*@*")]
    [InlineData("mute:~a:ann", "~q:~a:ann")]
    public async Task A_mute_on_IRC_is_written_as_others_write_it(string written, string mask)
    {
        var op = await Server.JoinAsync("Op");
        Assert.Equal($"MODE #room +b {mask}", (await op.AskAsync($"MODE #room +b {written}"))[0].Body.Split(' ', 2)[1]);
    }

    [Theory]
    [InlineData("~q:")]
    [InlineData("~q:~q:ann")]
    [InlineData("~x:ann")]
    public async Task A_mute_of_nobody_is_refused(string written)
    {
        var op = await Server.JoinAsync("Op");
        Assert.Equal("696", (await op.AskAsync($"MODE #room +b {written}"))[0].Command);
    }

    [Fact]
    public async Task Whoever_is_muted_is_told_on_every_protocol_and_may_stay()
    {
        var op = await Server.JoinAsync("Op", "#main");
        var lena = await Server.EnterLinesAsync("Lena");
        var mallory = await Server.JoinAsync("Mallory", "#main");
        await op.AskAsync("TBAN #main 30m ~q:*!*@*");
        await mallory.SyncAsync();

        Assert.Equal("404", (await mallory.AskAsync("PRIVMSG #main :hello"))[0].Command);
        await lena.SendLineAsync("hello");
        await lena.ReadUntilAsync("You may not speak in main");
        await op.AskAsync("MODE #main +e lena!*@*");
        await lena.SendLineAsync("thanks");
        await lena.ReadUntilAsync("Lena: thanks");

        await mallory.SyncAsync();
        Server.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Empty(await mallory.AskAsync("PRIVMSG #main :hello"));
    }

    [Theory]
    [InlineData("TBAN #main soon mallory", "FAIL")]
    [InlineData("TBAN #main 1h ~x:y", "FAIL")]
    [InlineData("TBAN #nowhere 1h mallory", "403")]
    [InlineData("TBAN #main 1h", "461")]
    public async Task A_timed_ban_that_cannot_be_is_told(string command, string answer)
    {
        var op = await Server.JoinAsync("Op", "#main");
        Assert.Equal(answer, Assert.Single(await op.AskAsync(command)).Command);
    }

    [Fact]
    public async Task Only_operators_ban_for_a_time()
    {
        await Server.JoinAsync("Op", "#main");
        var ann = await Server.JoinAsync("Ann", "#main");
        Assert.Equal("482", Assert.Single(await ann.AskAsync("TBAN #main 1h op")).Command);
    }
}
