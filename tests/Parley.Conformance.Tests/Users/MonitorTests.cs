using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://ircv3.net/specs/extensions/monitor</summary>
public sealed class MonitorTests : ConformanceTest
{
    private const string Monitor = "https://ircv3.net/specs/extensions/monitor";

    [Fact]
    [Quote(Monitor, "If any of the targets being added are online, the server will generate `RPL_MONONLINE` numerics listing those targets that are online.")]
    [Quote(Monitor, "If any of the targets being added are offline, the server will generate `RPL_MONOFFLINE` numerics listing those targets that are offline.")]
    public async Task Who_is_added_is_told_to_be_here_or_not()
    {
        await Server.RegisterAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(
            [":parley 730 Bob :Ann!~ann@localhost,Bob!~bob@localhost", ":parley 731 Bob :Cid,Dan"],
            (await bob.AskAsync("MONITOR + ann,Cid,Bob,Dan")).Bodies());
    }

    [Fact]
    [Quote(Monitor, "This numeric is used to indicate to a client that either a target has just become online, or that a target they have added to their monitor list is online.")]
    [Quote(Monitor, "This numeric is used to indicate to a client that either a target has just left the irc network, or that a target they have added to their monitor list is offline.")]
    public async Task Comings_and_goings_are_told()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("MONITOR + Ann");

        var ann = await Server.RegisterAsync("ANN");
        await bob.ExpectLineAsync(":parley 730 Bob :ANN!~ann@localhost");
        await ann.SendAsync("QUIT");

        await bob.ExpectLineAsync(":parley 731 Bob :ANN");
    }

    [Fact]
    public async Task A_rename_is_a_going_and_a_coming()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));
        await bob.AskAsync("MONITOR + Ann,Eve");

        await ann.AskAsync("NICK Eve");

        Assert.Equal([":parley 731 Bob :Ann", ":parley 730 Bob :Eve!~ann@localhost"], (await bob.SyncAsync()).Bodies());
    }

    [Fact]
    public async Task A_name_in_another_case_is_the_same_name()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));
        await bob.AskAsync("MONITOR + ANN");

        await ann.AskAsync("NICK aNN");

        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Monitor, "Targets already in the list MUST NOT be added again.")]
    public async Task A_target_is_on_the_list_once()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("MONITOR + Ann,ann,Ann");
        await bob.AskAsync("MONITOR + ANN");

        Assert.Equal([":parley 732 Bob :Ann", ":parley 733 Bob :End of MONITOR list"], (await bob.AskAsync("MONITOR L")).Bodies());
        await Server.RegisterAsync("Ann");
        Assert.Single(await bob.SyncAsync());
    }

    [Fact]
    [Quote(Monitor, "Removes the given list of targets from the list of targets being monitored.  No output will be returned for use of this command.")]
    public async Task Who_is_removed_is_no_longer_told_of()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("MONITOR + Ann,Cid");

        Assert.Empty(await bob.AskAsync("MONITOR - ann,nobody,#no"));
        await Server.RegisterAsync("Ann");
        await Server.RegisterAsync("Cid");

        Assert.Equal([":parley 730 Bob :Cid!~cid@localhost"], (await bob.SyncAsync()).Bodies());
    }

    [Theory]
    [InlineData("C")]
    [InlineData("c")]
    [Quote(Monitor, "Clears the list of targets being monitored.  No output will be returned for use of this command.")]
    public async Task The_list_can_be_cleared(string clear)
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("MONITOR + Ann,Cid");

        Assert.Empty(await bob.AskAsync($"MONITOR {clear}"));
        await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 733 Bob :End of MONITOR list"], (await bob.AskAsync("MONITOR L")).Bodies());
    }

    [Theory]
    [InlineData("S")]
    [InlineData("s")]
    [Quote(Monitor, "Outputs for each target in the list being monitored, whether the client is online or offline.")]
    public async Task All_on_the_list_can_be_asked_about(string status)
    {
        await Server.RegisterAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");
        Assert.Empty(await bob.AskAsync($"MONITOR {status}"));
        await bob.AskAsync("MONITOR + Ann,Cid");

        Assert.Equal(
            [":parley 730 Bob :Ann!~ann@localhost", ":parley 731 Bob :Cid"],
            (await bob.AskAsync($"MONITOR {status}")).Bodies());
    }

    [Fact]
    [Quote(Monitor, "the `<targets>` parameter is the list of targets, as the client sent them, that cannot be added.")]
    [Quote(Monitor, "This token takes an optional parameter, of the maximum amount of targets a client may have in their monitor list.")]
    public async Task A_full_list_takes_no_more_and_says_which()
    {
        var bob = await Server.RegisterAsync("Bob");
        foreach (var some in Enumerable.Range(100, 98).Select(i => $"name{i}").Chunk(49))
        {
            await bob.AskAsync($"MONITOR + {string.Join(',', some)}");
        }

        var lines = await bob.AskAsync("MONITOR + Ann,Name100,Cid,Dan,Eve");

        Assert.Equal(":parley 734 Bob 100 Dan,Eve :Monitor list is full.", Assert.Single(lines.Of("734")).Body);
        Assert.Equal(":parley 731 Bob :Ann,Cid", Assert.Single(lines.Of("731")).Body);
        Assert.Equal(100, (await bob.AskAsync("MONITOR L")).Of("732").Sum(line => line.Text.Split(',').Length));
        await bob.AskAsync("MONITOR - Ann");
        Assert.Equal(["731"], (await bob.AskAsync("MONITOR + Dan")).Commands());
    }

    [Fact]
    [Quote(Monitor, "the length of the target list is limited only by the buffer size of 512 chars, as defined in RFC1459.")]
    public async Task A_long_list_takes_several_lines()
    {
        var bob = await Server.RegisterAsync("Bob");
        foreach (var some in Enumerable.Range(100, 90).Select(i => $"AVeryLongNickname{i}").Chunk(20))
        {
            await bob.AskAsync($"MONITOR + {string.Join(',', some)}");
        }

        var lines = (await bob.AskAsync("MONITOR L")).Of("732");

        Assert.InRange(lines.Length, 2, 10);
        Assert.All(lines, line => Assert.InRange(line.Raw.Length, 1, 510));
        Assert.Equal(90, lines.Sum(line => line.Text.Split(',').Length));
    }

    [Theory]
    [InlineData("MONITOR", "461")]
    [InlineData("MONITOR +", "461")]
    [InlineData("MONITOR -", "461")]
    [InlineData("MONITOR X", "400")]
    [InlineData("MONITOR +Ann", "400")]
    public async Task Anything_else_is_refused(string line, string numeric)
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([numeric], (await bob.AskAsync(line)).Commands());
    }

    [Fact]
    [Quote(Monitor, "For this specification, 'target' MUST be a valid nick as determined by the IRC daemon.")]
    public async Task What_is_no_nick_is_left_out()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 731 Bob :Ann"], (await bob.AskAsync("MONITOR + #room,*,Ann,x")).Bodies());
    }

    [Fact]
    public async Task People_on_lines_can_be_watched()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("MONITOR + Lena");

        var lena = await Server.EnterLinesAsync("Lena");
        await bob.ExpectLineAsync(":parley 730 Bob :Lena!lines@localhost");
        await lena.SendLineAsync("/quit");

        await bob.ExpectLineAsync(":parley 731 Bob :Lena");
    }

    [Fact]
    public async Task News_carry_the_time_for_those_who_want_it()
    {
        var bob = await Server.RegisterAsync("Bob", "server-time");
        await bob.AskAsync("MONITOR + Ann");

        await Server.RegisterAsync("Ann");

        Assert.Equal("2026-06-01T12:00:00.000Z", (await bob.ExpectAsync("730")).Tags["time"]);
    }
}
