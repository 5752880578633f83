using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://modern.ircdocs.horse/#away-message and https://ircv3.net/specs/extensions/away-notify</summary>
public sealed class AwayTests : ConformanceTest
{
    private const string Away = "https://modern.ircdocs.horse/#away-message";
    private const string Notify = "https://ircv3.net/specs/extensions/away-notify";

    [Fact]
    [Quote(Away, "If this command is sent with a parameter (the 'away message') then the user is set to be away. If this command is sent with no parameters, the user is no longer away.")]
    public async Task Going_and_coming_back_are_acknowledged()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 306 Ann :You have been marked as being away"], (await ann.AskAsync("AWAY :lunch")).Bodies());
        Assert.Equal([":parley 305 Ann :You are no longer marked as being away"], (await ann.AskAsync("AWAY")).Bodies());
        Assert.Equal(["305"], (await ann.AskAsync("AWAY :")).Commands());
    }

    [Fact]
    [Quote(Away, "Servers SHOULD notify clients when a user they're interacting with is away when relevant")]
    public async Task Whoever_writes_to_somebody_away_is_told()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));
        await ann.AskAsync("AWAY :back at two");

        Assert.Equal([":parley 301 Bob Ann :back at two"], (await bob.AskAsync("PRIVMSG ann :hi")).Bodies());
        Assert.Empty(await bob.AskAsync("NOTICE ann :hi"));
        Assert.Equal([":parley 301 Bob Ann :back at two"], (await bob.AskAsync("WHOIS Ann")).Of("301").Bodies());
    }

    [Fact]
    public async Task Somebody_who_is_back_is_not_away()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));
        await ann.AskAsync("AWAY :back at two");
        await ann.AskAsync("AWAY");

        Assert.Empty(await bob.AskAsync("PRIVMSG Ann :hi"));
        Assert.Empty((await bob.AskAsync("WHOIS Ann")).Of("301"));
    }

    [Fact]
    [Quote(Notify, "When this capability is enabled, clients will be sent an AWAY message when a user sharing a channel with them sets, changes or removes their away state, as well as when a user joins and has an away message set.")]
    [Quote(Notify, "If the message is present, the user (specified by the nick!user@host mask) is going away.")]
    public async Task Those_who_asked_for_it_are_told_of_each_change()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", "away-notify"), ("Cid", ""));

        await all[0].AskAsync("AWAY :one");
        await all[0].AskAsync("AWAY :two");
        await all[0].AskAsync("AWAY");

        Assert.Equal(
            [":Ann!~ann@localhost AWAY :one", ":Ann!~ann@localhost AWAY :two", ":Ann!~ann@localhost AWAY"],
            (await all[1].SyncAsync()).Bodies());
        await all[2].ExpectNothingAsync();
    }

    [Fact]
    public async Task The_same_reason_again_is_no_news()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", "away-notify"));
        await all[0].AskAsync("AWAY :one");
        await all[0].AskAsync("AWAY :one");

        Assert.Single(await all[1].SyncAsync());
    }

    [Fact]
    public async Task Whoever_shares_no_room_is_told_nothing()
    {
        var (ann, bob) = (await Server.JoinAsync("Ann", "#one"), await Server.JoinAsync("Bob", "#two", "away-notify"));

        await ann.AskAsync("AWAY :one");

        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task Whoever_shares_two_rooms_is_told_once()
    {
        var all = await Server.JoinAllAsync("#one", ("Ann", ""), ("Bob", "away-notify"));
        await all[0].AskAsync("JOIN #two");
        await all[1].AskAsync("JOIN #two");

        await all[0].AskAsync("AWAY :one");

        Assert.Single(await all[1].SyncAsync());
    }

    [Fact]
    [Quote(Notify, "(Note that AWAY will not be sent for joining users with no away message set.)")]
    public async Task Of_those_who_join_only_those_who_are_away_are_told()
    {
        var bob = await Server.JoinAsync("Bob", "#room", "away-notify");
        var (ann, cid) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Cid"));
        await ann.AskAsync("AWAY :one");

        await ann.AskAsync("JOIN #room");
        await cid.AskAsync("JOIN #room");

        Assert.Equal(
            [":Ann!~ann@localhost JOIN #room", ":Ann!~ann@localhost AWAY :one", ":Cid!~cid@localhost JOIN #room"],
            (await bob.SyncAsync()).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#awaylen-parameter", "it may be silently truncated by the server before being passed on to other clients.")]
    public async Task A_long_reason_is_cut()
    {
        var ann = await Server.RegisterAsync("Ann");

        await ann.AskAsync($"AWAY :{new string('x', 300)}");

        Assert.Equal(new string('x', 200), (await ann.AskAsync("WHOIS Ann")).Of("301")[0].Text);
    }

    [Fact]
    public async Task An_answer_carries_its_label()
    {
        var ann = await Server.RegisterAsync("Ann", "labeled-response batch away-notify");

        Assert.Equal(["@label=1 :parley 306 Ann :You have been marked as being away"], (await ann.AskAsync("@label=1 AWAY :x")).Select(line => line.Raw));
    }
}
