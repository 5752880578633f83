using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://modern.ircdocs.horse/#whois-message; Ann has an account.</summary>
public sealed class WhoisTests : AccountTest
{
    // Ann is a guest in most of them.
    private protected override NamePolicy Names => NamePolicy.Open;

    private const string Whois = "https://modern.ircdocs.horse/#whois-message";

    [Fact]
    public async Task Of_somebody_one_learns_who_and_where_it_is()
    {
        await Server.JoinAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");
        Server.Time.Advance(TimeSpan.FromSeconds(65));

        Assert.Equal(
            [
                ":parley 311 Bob Ann ~ann localhost * :Real Ann",
                ":parley 319 Bob Ann :@#room",
                ":parley 312 Bob Ann parley :Parley",
                ":parley 317 Bob Ann 65 1780315200 :seconds idle, signon time",
                ":parley 318 Bob ann :End of /WHOIS list",
            ],
            (await bob.AskAsync("WHOIS ann")).Bodies());
    }

    [Theory]
    [InlineData("WHOIS Ann", "Ann")]
    [InlineData("WHOIS Ann Ann", "Ann")]
    [InlineData("WHOIS parley Ann", "Ann")]
    [InlineData("WHOIS p* aNN", "aNN")]
    [InlineData("WHOIS Bob Ann", "Ann")]
    [Quote(Whois, "If the `<target>` parameter is specified, it SHOULD be a server name or the nick of a user.")]
    [Quote("https://modern.ircdocs.horse/#rplendofwhois-318", "`<nick>` MUST be exactly the `<nick>` parameter sent by the client in its `WHOIS` message.")]
    public async Task All_forms_say_the_same(string line, string nick)
    {
        await Server.RegisterAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");

        var lines = await bob.AskAsync(line);

        Assert.Equal(["311", "312", "317", "318"], lines.Commands());
        Assert.Equal(nick, lines[^1].Parameters[1]);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rplendofwhois-318", "if the client sent multiple nicks, this MUST be the comma-separated list of nicks, even if some of them were dropped.")]
    public async Task Several_may_be_asked_about()
    {
        await Server.RegisterAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");

        var lines = await bob.AskAsync("WHOIS Ann,nobody,Bob");

        Assert.Equal(["Ann", "Bob"], lines.Of("311").Select(line => line.Parameters[1]));
        Assert.Equal(":parley 401 Bob nobody :No such nick/channel", Assert.Single(lines.Of("401")).Body);
        Assert.Equal("Ann,nobody,Bob", lines[^1].Parameters[1]);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("#room")]
    [InlineData("A*")]
    [InlineData("x")]
    [Quote(Whois, "otherwise, even if they did not send any other numeric message. This allows clients to stop waiting for new numerics.")]
    public async Task Whom_there_is_not_is_told_and_the_list_ends(string nick)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(
            [$":parley 401 Ann {nick} :No such nick/channel", $":parley 318 Ann {nick} :End of /WHOIS list"],
            (await ann.AskAsync($"WHOIS {nick}")).Bodies());
    }

    [Fact]
    public async Task Without_a_nick_or_with_another_server_it_is_refused()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 431 Ann :No nickname given"], (await ann.AskAsync("WHOIS")).Bodies());
        Assert.Equal([":parley 431 Ann :No nickname given"], (await ann.AskAsync("WHOIS parley :")).Bodies());
        Assert.Equal([":parley 402 Ann elsewhere.example :No such server"], (await ann.AskAsync("WHOIS elsewhere.example Ann")).Bodies());
    }

    [Fact]
    public async Task Of_a_user_who_is_gone_one_that_is_named_twice_is_told_like_one_that_is_named_once()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(
            [":parley 401 Ann Bob :No such nick/channel", ":parley 318 Ann Bob :End of /WHOIS list"],
            (await ann.AskAsync("WHOIS Bob Bob")).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rplwhoisaccount-330", "this numeric indicates that the client with the nickname `<nick>` was authenticated as the owner of `<account>`.")]
    public async Task The_account_is_shown()
    {
        var client = await NegotiateAsync();
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("ann", Password)}", "NICK Eve", "USER eve 0 * :Eve", "CAP END");
        await client.ReadUntilAsync("422");

        Assert.Equal([":parley 330 Eve Eve Ann :is logged in as"], (await client.AskAsync("WHOIS Eve")).Of("330").Bodies());
    }

    [Fact]
    [Quote(Whois, "Servers typically send some of these numerics only to the client itself and to servers operators, as they contain privacy-sensitive information that should not be revealed to other users.")]
    public async Task Address_and_modes_are_shown_to_oneself_only()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));
        await ann.AskAsync("MODE Ann +iw");

        var own = await ann.AskAsync("WHOIS Ann");

        Assert.Equal([":parley 378 Ann Ann :is connecting from *@127.0.0.1 127.0.0.1"], own.Of("378").Bodies());
        Assert.Equal([":parley 379 Ann Ann :is using modes +iw"], own.Of("379").Bodies());
        Assert.DoesNotContain("127.0.0.1", string.Concat((await bob.AskAsync("WHOIS Ann")).Bodies()));
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/bot-mode", "This numeric is returned as part of a bot's `WHOIS` reply.")]
    public async Task A_bot_is_called_one()
    {
        var (ann, bob) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));
        await ann.AskAsync("MODE Ann +B");

        Assert.Equal([":parley 335 Bob Ann :is a bot on Parley"], (await bob.AskAsync("WHOIS Ann")).Of("335").Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#secret-channel-mode", "Likewise, secret channels will not show up in the")]
    public async Task Secret_rooms_are_shown_to_their_members_only()
    {
        var (_, bob) = (await Server.JoinAsync("Ann"), await Server.RegisterAsync("Bob"));
        await Server.SetModesAsync("Ann", "#room", "+s");

        Assert.Empty((await bob.AskAsync("WHOIS Ann")).Of("319"));
        await bob.AskAsync("JOIN #room");
        Assert.Equal("@#room", (await bob.AskAsync("WHOIS Ann")).Of("319")[0].Text);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#invisible-user-mode", "In addition, some servers hide all channels from the")]
    public async Task Of_somebody_invisible_strangers_are_shown_shared_rooms_only()
    {
        var all = await Server.JoinAllAsync("#one", ("Ann", ""), ("Bob", ""));
        await all[0].AskAsync("JOIN #two");
        await all[0].AskAsync("MODE Ann +i");

        Assert.Equal("@#one", (await all[1].AskAsync("WHOIS Ann")).Of("319")[0].Text);
        Assert.Equal("@#one @#two", (await all[0].AskAsync("WHOIS Ann")).Of("319")[0].Text);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rplwhoischannels-319", "`RPL_WHOISCHANNELS` can be sent multiple times in the same whois reply, if the target is on too many channels to fit in a single message.")]
    public async Task Many_rooms_take_several_lines()
    {
        var ann = await Server.RegisterAsync("Ann");
        var rooms = Enumerable.Range(10, 50).Select(i => $"#averylongroomname{i}").ToArray();
        foreach (var some in rooms.Chunk(10))
        {
            await ann.AskAsync($"JOIN {string.Join(',', some)}");
        }

        var lines = (await ann.AskAsync("WHOIS Ann")).Of("319");

        Assert.All(lines, line => Assert.InRange(line.Raw.Length, 1, 510));
        Assert.Equal(rooms.Select(room => $"@{room}"), lines.SelectMany(line => line.Text.Split(' ')));
    }

    [Fact]
    public async Task Somebody_on_lines_can_be_asked_about()
    {
        await Server.EnterLinesAsync("Lena");
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(
            [":parley 311 Ann Lena lines localhost * :Lena", ":parley 319 Ann Lena :@#main"],
            (await ann.AskAsync("WHOIS Lena")).Bodies().Take(2));
    }

    [Fact]
    public async Task A_real_name_keeps_its_spaces_and_colons()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * ::) Ann  the :first");
        await client.SyncAsync();

        Assert.Equal(":) Ann  the :first", (await client.AskAsync("WHOIS Ann")).Of("311")[0].Text);
    }

    [Fact]
    public async Task What_one_says_ends_ones_idleness_and_what_one_asks_does_not()
    {
        var ann = await Server.JoinAsync("Ann");
        Server.Time.Advance(TimeSpan.FromSeconds(50));
        await ann.AskAsync("WHO *");
        Assert.Equal("50", (await ann.AskAsync("WHOIS Ann")).Of("317")[0].Parameters[2]);

        await ann.AskAsync("PRIVMSG #room :hi");

        Assert.Equal("0", (await ann.AskAsync("WHOIS Ann")).Of("317")[0].Parameters[2]);
    }
}
