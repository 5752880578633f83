using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://modern.ircdocs.horse/#whowas-message</summary>
public sealed class WhowasTests : ConformanceTest
{
    private const string Whowas = "https://modern.ircdocs.horse/#whowas-message";

    [Fact]
    [Quote(Whowas, "This may either be due to a nickname change or the user leaving IRC.")]
    [Quote(Whowas, "A WHOWAS entry is a series of numeric messages starting with")]
    public async Task Whoever_has_left_is_remembered()
    {
        var ann = await Server.RegisterAsync("Ann");
        await LeaveAsync(ann);
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(
            [
                ":parley 314 Bob Ann ~ann localhost * :Real Ann",
                ":parley 312 Bob Ann parley :2026-06-01 12:00:00 UTC",
                ":parley 369 Bob ann :End of WHOWAS",
            ],
            (await bob.AskAsync("WHOWAS ann")).Bodies());
    }

    [Fact]
    public async Task Whoever_has_another_name_now_is_remembered_under_the_old_one()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.AskAsync("NICK Eve");

        Assert.Equal(["314", "312", "369"], (await ann.AskAsync("WHOWAS Ann")).Commands());
        Assert.Equal(["406", "369"], (await ann.AskAsync("WHOWAS Eve")).Commands());
    }

    [Theory]
    [InlineData("WHOWAS Ann", 3)]
    [InlineData("WHOWAS Ann 2", 2)]
    [InlineData("WHOWAS Ann 1", 1)]
    [InlineData("WHOWAS Ann 9", 3)]
    [InlineData("WHOWAS Ann 0", 3)]
    [InlineData("WHOWAS Ann -1", 3)]
    [InlineData("WHOWAS Ann many", 3)]
    [Quote(Whowas, "The history is searched backward, returning the most recent entry first.")]
    [Quote(Whowas, "If there are multiple entries, up to `<count>` replies will be returned (or all of them if no `<count>` parameter is given).")]
    [Quote(Whowas, "If given, `<count>` SHOULD be a positive number. Otherwise, a full search is done.")]
    public async Task The_last_ones_come_first_and_as_many_as_were_asked_for(string line, int count)
    {
        foreach (var ident in new[] { "one", "two", "three" })
        {
            var ann = await Server.ConnectAsync();
            await ann.SendAllAsync("NICK Ann", $"USER {ident} 0 * :Ann");
            await ann.SyncAsync();
            await LeaveAsync(ann);
        }

        var bob = await Server.RegisterAsync("Bob");

        var idents = (await bob.AskAsync(line)).Of("314").Select(entry => entry.Parameters[2]);

        Assert.Equal(new[] { "~three", "~two", "~one" }.Take(count), idents);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("A*")]
    [InlineData("#room")]
    [Quote(Whowas, "looking for any nicks which are lexically the same (no wild card matching here).")]
    [Quote(Whowas, "or a non-empty list of WHOWAS entries,")]
    public async Task Whom_there_never_was_is_told(string nick)
    {
        await LeaveAsync(await Server.RegisterAsync("Ann"));
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(
            [$":parley 406 Bob {nick} :There was no such nickname", $":parley 369 Bob {nick} :End of WHOWAS"],
            (await bob.AskAsync($"WHOWAS {nick}")).Bodies());
    }

    [Fact]
    [Quote(Whowas, "If the `<nick>` argument is missing, they SHOULD send a single reply, using either")]
    public async Task A_nick_has_to_be_given()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 431 Ann :No nickname given"], (await ann.AskAsync("WHOWAS")).Bodies());
    }

    [Fact]
    public async Task Whoever_is_here_was_not()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(["406", "369"], (await ann.AskAsync("WHOWAS Ann")).Commands());
    }

    [Fact]
    public async Task Somebody_who_was_on_lines_is_remembered()
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync("/quit");
        await ann.ReadUntilAsync("QUIT");

        Assert.Equal("lines", (await ann.AskAsync("WHOWAS Lena")).Of("314")[0].Parameters[2]);
    }

    private static async Task LeaveAsync(IrcClient client)
    {
        await client.SendAsync("QUIT");
        await client.ReadToEndAsync();
    }
}
