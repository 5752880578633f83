using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://modern.ircdocs.horse/#nick-message</summary>
public sealed class NickTests : ConformanceTest
{
    private const string Nick = "https://modern.ircdocs.horse/#nick-message";

    [Theory]
    [InlineData("NICK")]
    [InlineData("NICK :")]
    [Quote(Nick, "If the server does not receive the `<nickname>` parameter with the `NICK` command, it should issue an `ERR_NONICKNAMEGIVEN` numeric and ignore the `NICK` command.")]
    public async Task A_nick_has_to_be_given(string line)
    {
        var (fresh, ann) = (await Server.ConnectAsync(), await Server.RegisterAsync("Ann"));

        Assert.Equal([":parley 431 * :No nickname given"], (await fresh.AskAsync(line)).Bodies());
        Assert.Equal([":parley 431 Ann :No nickname given"], (await ann.AskAsync(line)).Bodies());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("#room")]
    [InlineData("@Bob")]
    [InlineData("Bob!")]
    [InlineData("B*b")]
    [InlineData("Bоb")] // with a Cyrillic letter
    [InlineData("a.b")]
    [InlineData("ThisNameHasTwentyOneC")]
    [InlineData(":two words")]
    [Quote(Nick, "If the server does not accept the new nickname supplied by the client as valid (for instance, due to containing invalid characters), it should issue an `ERR_ERRONEUSNICKNAME` numeric and ignore the `NICK` command.")]
    public async Task Other_nicks_are_refused_and_change_nothing(string nick)
    {
        var (fresh, ann) = (await Server.ConnectAsync(), await Server.RegisterAsync("Ann"));

        Assert.Equal(["432"], (await fresh.AskAsync($"NICK {nick}")).Commands());
        Assert.Equal(["432"], (await ann.AskAsync($"NICK {nick}")).Commands());
        Assert.Equal("Ann", (await ann.AskAsync("VERSION"))[0].Parameters[0]);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("0ab")]
    [InlineData("-_-")]
    [InlineData("ThisNameHasTwentyCha")]
    [InlineData("[Bob]")]
    [InlineData("bob|work")]
    [InlineData("bob^`{}\\\\")]
    [InlineData("Bøb")]
    [InlineData("王小明")]
    public async Task Every_name_of_the_lines_protocol_is_a_nick(string nick)
    {
        await Server.RegisterAsync(nick);

        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync($"/name {nick}");
        await lena.ExpectAsync($"{nick} is already taken");
    }

    [Theory]
    [InlineData("Ann")]
    [InlineData("ANN")]
    [InlineData("Lena")]
    [Quote(Nick, "If the server receives a `NICK` command from a client where the desired nickname is already in use on the network, it should issue an `ERR_NICKNAMEINUSE` numeric and ignore the `NICK` command.")]
    public async Task A_nick_that_somebody_has_is_refused_at_once_and_another_can_be_tried(string nick)
    {
        await Server.RegisterAsync("Ann");
        await Server.EnterLinesAsync("Lena");
        var client = await Server.ConnectAsync();

        Assert.Equal([$":parley 433 * {nick} :Nickname is already in use"], (await client.AskAsync($"NICK {nick}")).Bodies());
        Assert.Empty(await client.AskAsync("USER x 0 * :x"));
        Assert.Equal("001", (await client.AskAsync("NICK Other"))[0].Command);
    }

    [Fact]
    public async Task Of_two_who_want_a_nick_and_are_not_done_the_second_one_is_asked_for_another()
    {
        var (first, second) = (await Server.ConnectAsync(), await Server.ConnectAsync());
        await first.AskAsync("NICK Ann");
        await second.AskAsync("NICK Ann");
        await first.AskAsync("USER a 0 * :a");

        Assert.Equal([":parley 433 * Ann :Nickname is already in use"], (await second.AskAsync("USER b 0 * :b")).Bodies());
        Assert.Equal("001", (await second.AskAsync("NICK Ben"))[0].Command);
    }

    [Fact]
    [Quote(Nick, "In these cases, the `<source>` of the message will be the old `nickname [ [ \"!\" user ] \"@\" host ]` of the user who is changing their nickname.")]
    public async Task A_rename_is_told_to_oneself_and_to_the_room()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));

        Assert.Equal([":Ann!~ann@localhost NICK Eve"], (await all[0].AskAsync("NICK Eve")).Bodies());

        await all[1].ExpectLineAsync(":Ann!~ann@localhost NICK Eve");
        Assert.Equal("Eve", (await all[0].AskAsync("LUSERS"))[0].Parameters[0]);
    }

    [Fact]
    public async Task A_rename_is_told_to_whoever_is_in_no_room()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":Ann!~ann@localhost NICK Eve"], (await ann.AskAsync("NICK Eve")).Bodies());
    }

    [Fact]
    public async Task A_nick_can_be_spelled_in_another_case()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));

        Assert.Equal([":Ann!~ann@localhost NICK ANN"], (await all[0].AskAsync("NICK ANN")).Bodies());
        await all[1].ExpectLineAsync(":Ann!~ann@localhost NICK ANN");
    }

    [Fact]
    public async Task The_nick_that_one_wears_is_no_news()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Empty(await ann.AskAsync("NICK Ann"));
    }

    [Fact]
    public async Task A_rename_to_a_nick_that_somebody_on_lines_has_is_refused()
    {
        await Server.EnterLinesAsync("Lena");
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 433 Ann lENA :Nickname is already in use"], (await ann.AskAsync("NICK lENA")).Bodies());
    }

    [Fact]
    public async Task A_client_that_goes_on_asking_for_names_it_may_not_have_is_disconnected()
    {
        await using var server = await IrcServer.StartAsync(options => options.IrcRefusedNicks = 3);
        var (ann, client) = (await server.RegisterAsync("Ann"), await server.ConnectAsync());
        await client.SendAllAsync("USER x 0 * :x", "NICK a.b", "NICK Ann", "NICK a.b", "NICK a.b", "NICK Ben");

        Assert.Equal(["432", "433", "432", "432", "ERROR"], (await client.ReadToEndAsync()).Commands());

        // Whoever is in in time may be refused others for as long as it likes.
        var ben = await server.ConnectAsync();
        await ben.SendAllAsync("NICK a.b", "NICK Ann", "NICK a.b", "NICK Ben", "USER x 0 * :x");
        Assert.Equal(["432", "433", "432", "001"], (await ben.ReadUntilAsync("001")).Commands());
        await ben.SyncAsync();
        await ben.SendAllAsync("NICK a.b", "NICK a.b", "NICK a.b", "NICK a.b");
        Assert.Equal(["432", "432", "432", "432"], (await ben.SyncAsync()).Commands());
    }

    [Fact]
    public async Task A_nick_is_free_when_its_user_has_left()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.SendAsync("QUIT");
        await ann.ReadToEndAsync();

        await Server.RegisterAsync("Ann");
    }

    [Fact]
    public async Task Somebody_on_lines_is_told_of_a_rename()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");
        await lena.ExpectAsync("Ann joined");

        await ann.AskAsync("NICK Eve");

        await lena.ExpectAsync("Ann is now Eve");
    }

    [Fact]
    public async Task A_rename_with_a_label_is_answered_with_it()
    {
        var ann = await Server.RegisterAsync("Ann", "labeled-response batch");

        var lines = await ann.AskAsync("@label=7 NICK Eve");

        Assert.Equal("7", lines[0].Tags["label"]);
        Assert.Contains(":Ann!~ann@localhost NICK Eve", lines.Bodies());
    }
}
