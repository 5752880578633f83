using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://modern.ircdocs.horse/#user-mode and https://ircv3.net/specs/extensions/bot-mode</summary>
public sealed class UserModeTests : ConformanceTest
{
    private const string Mode = "https://modern.ircdocs.horse/#mode-message";
    private const string Bot = "https://ircv3.net/specs/extensions/bot-mode";

    [Theory]
    [InlineData("MODE Ann", "+")]
    [InlineData("MODE ann", "+")]
    [Quote(Mode, "numeric is sent back containing the current modes of the target user.")]
    public async Task A_user_can_ask_for_its_modes(string line, string modes)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([$":parley 221 Ann {modes}"], (await ann.AskAsync(line)).Bodies());
    }

    [Theory]
    [InlineData("+i", "+i", "+i")]
    [InlineData("i", "+i", "+i")]
    [InlineData("+iw", "+iw", "+iw")]
    [InlineData("+i-i", "+i-i", "+")]
    [InlineData("-i+wB", "+wB", "+Bw")]
    [InlineData("+i+i", "+i", "+i")]
    [Quote(Mode, "If `<modestring>` is given, the supplied modes will be applied, and a `MODE` message will be sent to the user containing the changed modes.")]
    public async Task What_changes_is_confirmed(string wanted, string changed, string now)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([$":Ann!~ann@localhost MODE Ann :{changed}"], (await ann.AskAsync($"MODE Ann {wanted}")).Bodies());
        Assert.Equal([$":parley 221 Ann {now}"], (await ann.AskAsync("MODE Ann")).Bodies());
    }

    [Theory]
    [InlineData("-i")]
    [InlineData("-Bow")]
    [InlineData("+")]
    [InlineData("+o")]
    public async Task What_does_not_change_is_answered_with_nothing(string wanted)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Empty(await ann.AskAsync($"MODE Ann {wanted}"));
        Assert.Equal([":parley 221 Ann +"], (await ann.AskAsync("MODE Ann")).Bodies());
    }

    [Theory]
    [InlineData("+x")]
    [InlineData("+xyz")]
    [InlineData("-9")]
    public async Task Modes_that_there_are_not_are_refused_once(string wanted)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 501 Ann :Unknown MODE flag (there are Biow)"], (await ann.AskAsync($"MODE Ann {wanted}")).Bodies());
    }

    [Fact]
    [Quote(Mode, "If one or more modes sent are not implemented on the server, the server MUST apply the modes that are implemented, and then send the")]
    public async Task Of_known_and_unknown_modes_the_known_ones_are_applied()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(["MODE", "501"], (await ann.AskAsync("MODE Ann +xiy")).Commands());
        Assert.Equal([":parley 221 Ann +i"], (await ann.AskAsync("MODE Ann")).Bodies());
    }

    [Fact]
    [Quote(Mode, "If `<target>` is a nickname that does not exist on the network, the")]
    [Quote(Mode, "If `<target>` is a different nick than the user who sent the command, the")]
    public async Task Modes_of_others_are_theirs()
    {
        var (ann, _) = (await Server.RegisterAsync("Ann"), await Server.RegisterAsync("Bob"));

        Assert.Equal([":parley 401 Ann nobody :No such nick/channel"], (await ann.AskAsync("MODE nobody +i")).Bodies());
        Assert.Equal([":parley 502 Ann :Cannot see or change modes of other users"], (await ann.AskAsync("MODE Bob +i")).Bodies());
        Assert.Equal(["502"], (await ann.AskAsync("MODE Bob")).Commands());
        Assert.Equal(["461"], (await ann.AskAsync("MODE")).Commands());
    }

    [Fact]
    public async Task Nobody_else_is_told_of_a_users_modes()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", "away-notify account-notify chghost setname"));

        await all[0].AskAsync("MODE Ann +iwB");

        await all[1].ExpectNothingAsync();
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#names-message", "mode set are not shown in channel responses unless the requesting client is also joined to that channel.")]
    public async Task Somebody_invisible_is_named_to_members_only()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));
        var cid = await Server.RegisterAsync("Cid");
        await all[0].AskAsync("MODE Ann +i");

        Assert.Equal("@Ann Bob", (await all[1].AskAsync("NAMES #room")).Of("353")[0].Text);
        Assert.Equal("Bob", (await cid.AskAsync("NAMES #room")).Of("353")[0].Text);
        Assert.Equal("@Ann Bob Cid", (await cid.AskAsync("JOIN #room")).Of("353")[0].Text);
    }

    [Fact]
    [Quote(Bot, "This tag MUST only be sent to users who have requested the `message-tags` capability.")]
    [Quote(Bot, "Servers MUST NOT send this tag with a value, and clients MUST ignore any value if it exists.")]
    public async Task What_a_bot_does_is_marked_for_those_who_read_tags()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", "message-tags"), ("Cid", "server-time"));
        await all[0].AskAsync("MODE Ann +B");

        await all[0].AskAsync("PRIVMSG #room :beep");
        await all[0].AskAsync("PRIVMSG Bob :beep");
        await all[0].AskAsync("NICK Robot");
        await all[0].AskAsync("PART #room");

        var seen = await all[1].SyncAsync();
        Assert.Equal(["PRIVMSG", "PRIVMSG", "NICK", "PART"], seen.Commands());
        Assert.All(seen, line => Assert.Equal("", line.Tags["bot"]));
        Assert.All(seen, line => Assert.DoesNotContain("bot=", line.Raw, StringComparison.Ordinal));
        Assert.All(await all[2].SyncAsync(), line => Assert.DoesNotContain("bot", line.Tags.Keys));
    }

    [Fact]
    public async Task Whoever_is_a_bot_no_more_is_not_marked()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", "message-tags"));
        await all[0].AskAsync("MODE Ann +B");
        await all[0].AskAsync("MODE Ann -B");

        await all[0].AskAsync("PRIVMSG #room :hi");

        Assert.DoesNotContain("bot", (await all[1].ExpectAsync("PRIVMSG")).Tags.Keys);
    }
}
