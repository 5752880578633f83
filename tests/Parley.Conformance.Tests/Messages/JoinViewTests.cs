using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>How clients are shown who comes and who is there, as they have negotiated it.</summary>
public sealed class JoinViewTests : MessageTest
{
    private const string ExtendedJoin = "https://ircv3.net/specs/extensions/extended-join";
    private const string NoImplicitNames = "https://ircv3.net/specs/extensions/no-implicit-names";

    [Fact]
    [Quote(ExtendedJoin, "When enabled, the JOIN message will designate the account name of the user when they join a channel.")]
    [Quote(ExtendedJoin, "As the penultimate parameter is an asterisk, this means that an asterisk is not a valid account name (which it is not in P10 or TS6 or ESVID).")]
    public async Task Those_who_want_it_are_shown_account_and_real_name_of_who_joins()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "extended-join"), ("Bob", ""));
        await Server.JoinAsync("Cid");
        await all[0].ExpectLineAsync(":Cid!~cid@localhost JOIN #room * :Real Cid");
        await all[1].ExpectLineAsync(":Cid!~cid@localhost JOIN #room");
    }

    [Fact]
    public async Task So_they_are_of_themselves()
    {
        var ann = await Server.RegisterAsync("Ann", "extended-join");
        Assert.Equal(":Ann!~ann@localhost JOIN #room * :Real Ann", (await ann.AskAsync("JOIN #room"))[0].Body);
    }

    [Fact]
    public async Task Somebody_from_lines_is_shown_in_the_same_way()
    {
        var ann = await Server.JoinAsync("Ann", "#main", "extended-join");
        await Server.EnterLinesAsync("Lena");
        var join = await ann.ExpectAsync("JOIN");
        Assert.Equal($":{join.Nick}!lines@localhost JOIN #main * :{join.Nick}", join.Body);
    }

    [Theory]
    [InlineData("no-implicit-names")]
    [InlineData("draft/no-implicit-names")]
    [Quote(NoImplicitNames, "The `no-implicit-names` extension introduces the `no-implicit-names` capability.", "2026-03-18")]
    [Quote(NoImplicitNames, "When negotiated, servers MUST NOT send an implicit `NAMES` reply after sending a `JOIN` message.", "2026-03-18")]
    [Quote(NoImplicitNames, "Servers MUST reply to explicit `NAMES` commands sent by the client as usual.")]
    public async Task Whoever_does_not_want_the_members_gets_them_when_it_asks(string capability)
    {
        var ann = await Server.RegisterAsync("Ann", capability);
        Assert.Equal(["JOIN"], (await ann.AskAsync("JOIN #room")).Select(line => line.Command));
        Assert.Equal(["353", "366"], (await ann.AskAsync("NAMES #room")).Select(line => line.Command));
    }

    [Theory]
    [InlineData("", "@Ann")]
    [InlineData("userhost-in-names", "@Ann!~ann@localhost")]
    [InlineData("multi-prefix", "@Ann")]
    [InlineData("multi-prefix userhost-in-names", "@Ann!~ann@localhost")]
    public async Task The_members_are_shown_as_was_negotiated(string capabilities, string shown)
    {
        await Server.JoinAsync("Ann");
        var bob = await Server.RegisterAsync("Bob", capabilities);
        var names = (await bob.AskAsync("JOIN #room")).Single(line => line.Command == "353");
        Assert.Contains(shown, names.Text.Split(' '));
    }

    [Fact]
    public async Task A_client_that_changes_its_mind_is_shown_the_next_one_in_the_new_way()
    {
        var ann = await Server.JoinAsync("Ann");
        await Server.JoinAsync("Bob");
        await ann.ExpectLineAsync(":Bob!~bob@localhost JOIN #room");
        await ann.AskAsync("CAP REQ :extended-join message-tags");
        var cid = await Server.JoinAsync("Cid");
        await ann.ExpectLineAsync(":Cid!~cid@localhost JOIN #room * :Real Cid");
        await cid.AskAsync("PRIVMSG #room :hello");
        Assert.Contains("msgid", (await ann.ExpectAsync("PRIVMSG")).Tags.Keys);
        await ann.AskAsync("CAP REQ :-message-tags");
        await cid.AskAsync("PRIVMSG #room :hello");
        Assert.Empty((await ann.ExpectAsync("PRIVMSG")).Tags);
    }
}
