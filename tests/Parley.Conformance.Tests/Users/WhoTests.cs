using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://modern.ircdocs.horse/#who-message</summary>
public sealed class WhoTests : ConformanceTest
{
    private const string Who = "https://modern.ircdocs.horse/#who-message";
    private const string Reply = "https://modern.ircdocs.horse/#rplwhoreply-352";

    [Fact]
    [Quote(Who, "A channel name, in which case the channel members are listed.")]
    [Quote(Reply, "command was given a channel as the `<mask>` parameter, then the same channel MUST be returned in `<channel>`.")]
    public async Task A_room_lists_its_members()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));

        Assert.Equal(
            [
                ":parley 352 Bob #room ~ann localhost parley Ann H@ :0 Real Ann",
                ":parley 352 Bob #room ~bob localhost parley Bob H :0 Real Bob",
                ":parley 315 Bob #room :End of WHO list",
            ],
            (await all[1].AskAsync("WHO #room")).Bodies());
    }

    [Fact]
    [Quote(Who, "An exact nickname, in which case a single user is returned.")]
    [Quote(Reply, "Otherwise `<channel>` is an arbitrary channel the client is joined to or a literal asterisk character `('*', 0x2A)` if no channel is returned.")]
    public async Task A_nick_finds_one_user()
    {
        await Server.RegisterAsync("Ann");
        await Server.RegisterAsync("Anna");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(
            [":parley 352 Bob * ~ann localhost parley Ann H :0 Real Ann", ":parley 315 Bob ann :End of WHO list"],
            (await bob.AskAsync("WHO ann")).Bodies());
    }

    [Theory]
    [InlineData("WHO nobody", "nobody")]
    [InlineData("WHO #nowhere", "#nowhere")]
    [InlineData("WHO #", "#")]
    [InlineData("WHO no*body", "no*body")]
    [InlineData("WHO x!y@z", "x!y@z")]
    [Quote(Who, "The server will answer this command with zero, one or more [`RPL_WHOREPLY`](#rplwhoreply-352), and end the list with [`RPL_ENDOFWHO`](#rplendofwho-315).")]
    [Quote("https://modern.ircdocs.horse/#rplendofwho-315", "`<mask>` MUST be the same `<mask>` parameter sent by the client in its `WHO` message, but MAY be casefolded.")]
    public async Task Whom_there_is_not_nothing_is_said_of(string line, string mask)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([$":parley 315 Ann {mask} :End of WHO list"], (await ann.AskAsync(line)).Bodies());
    }

    [Theory]
    [InlineData("A*", "Ann Anna")]
    [InlineData("?nn", "Ann")]
    [InlineData("*!~bob@*", "Bob")]
    [InlineData("*@localhost", "Ann Anna Bob")]
    [InlineData("Ann!*", "Ann")]
    [InlineData("Real?B*", "Bob")]
    [InlineData("*", "Ann Anna Bob")]
    [InlineData("0", "Ann Anna Bob")]
    [InlineData("", "Ann Anna Bob")]
    [Quote(Who, "A mask pattern, in which case all visible users whose nickname matches are listed.")]
    [Quote(Who, "Servers MAY match other user-specified values, such as the hostname, server, real name or username.")]
    [Quote(Who, "Absent or set to \"0\", in which case all visible users are listed.")]
    public async Task A_mask_finds_those_whom_it_is_about(string mask, string nicks)
    {
        await Server.RegisterAsync("Ann");
        await Server.RegisterAsync("Anna");
        var bob = await Server.RegisterAsync("Bob");

        var lines = await bob.AskAsync($"WHO {mask}".TrimEnd());

        Assert.Equal(nicks.Split(' '), lines.Of("352").Select(line => line.Parameters[5]).Order());
        Assert.Equal(mask.Length == 0 ? "*" : mask, lines[^1].Parameters[1]);
    }

    [Fact]
    [Quote(Reply, "Away status: the letter H `('H', 0x48)` to indicate that the user is here, or the letter G `('G', 0x47)` to indicate that the user is gone.")]
    public async Task Somebody_away_is_gone()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("AWAY :x");

        Assert.Equal("G@", (await ann.AskAsync("WHO #room"))[0].Parameters[6]);
        Assert.Equal("G@", (await ann.AskAsync("WHO Ann"))[0].Parameters[6]);
    }

    [Theory]
    [InlineData("", "H@")]
    [InlineData("multi-prefix", "H@+")]
    [Quote(Reply, "Optionally, the highest [channel membership prefix](#channel-membership-prefixes) that the client has in `<channel>`, if the client has one.")]
    public async Task Ranks_are_shown_as_the_client_asked(string capabilities, string flags)
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", capabilities));
        await Server.SetModesAsync("Ann", "#room", "+v", "Ann");

        Assert.Equal(flags, (await all[1].AskAsync("WHO #room")).Of("352")[0].Parameters[6]);
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/bot-mode", "the character used as the value of the ISUPPORT `BOT` token is returned in the flags (alongside `H|G`).")]
    public async Task A_bot_is_marked()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE Ann +B");

        Assert.Equal("H@B", (await ann.AskAsync("WHO #room"))[0].Parameters[6]);
        Assert.Equal("H@B", (await ann.AskAsync("WHO Ann"))[0].Parameters[6]);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#invisible-user-mode", "If a user is set to 'invisible', they will not show up in commands such as")]
    public async Task Somebody_invisible_is_hidden_from_strangers_who_do_not_know_the_nick()
    {
        var (ann, bob) = (await Server.JoinAsync("Ann"), await Server.RegisterAsync("Bob"));
        await ann.AskAsync("MODE Ann +i");

        Assert.Empty((await bob.AskAsync("WHO A*")).Of("352"));
        Assert.Empty((await bob.AskAsync("WHO #room")).Of("352"));
        Assert.Equal("*", (await bob.AskAsync("WHO Ann")).Of("352")[0].Parameters[1]);
    }

    [Fact]
    public async Task Somebody_invisible_is_shown_to_those_who_share_a_room_and_to_itself()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));
        await all[0].AskAsync("MODE Ann +i");

        foreach (var client in all)
        {
            Assert.Equal("#room", Assert.Single((await client.AskAsync("WHO A*")).Of("352")).Parameters[1]);
            Assert.Equal(2, (await client.AskAsync("WHO #room")).Of("352").Length);
        }
    }

    [Theory]
    [InlineData("+s")]
    [InlineData("+p")]
    public async Task A_room_that_hides_is_shown_to_members_only(string modes)
    {
        var (ann, bob) = (await Server.JoinAsync("Ann"), await Server.RegisterAsync("Bob"));
        await Server.SetModesAsync("Ann", "#room", modes);

        Assert.Empty((await bob.AskAsync("WHO #room")).Of("352"));
        Assert.Single((await ann.AskAsync("WHO #room")).Of("352"));
    }

    [Fact]
    public async Task A_secret_room_is_not_named_to_strangers()
    {
        var (_, bob) = (await Server.JoinAsync("Ann"), await Server.RegisterAsync("Bob"));
        await Server.SetModesAsync("Ann", "#room", "+s");

        Assert.Equal("*", (await bob.AskAsync("WHO Ann")).Of("352")[0].Parameters[1]);
    }

    [Fact]
    public async Task With_the_flag_o_only_operators_are_listed()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(["315"], (await ann.AskAsync("WHO * o")).Commands());
    }

    [Fact]
    public async Task People_on_lines_are_listed()
    {
        await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main");

        Assert.Equal(":parley 352 Ann #main lines localhost parley Lena H@ :0 Lena", (await ann.AskAsync("WHO #main"))[0].Body);
    }

    [Fact]
    public async Task Several_lines_with_a_label_are_one_batch()
    {
        var ann = await Server.JoinAsync("Ann", "#room", "labeled-response batch");

        var lines = await ann.AskAsync("@label=x WHO #room");

        Assert.Equal(["BATCH", "352", "315", "BATCH"], lines.Commands());
        Assert.Equal("x", lines[0].Tags["label"]);
        Assert.All(lines[1..3], line => Assert.Equal(lines[0].Parameters[0][1..], line.Tags["batch"]));
    }
}
