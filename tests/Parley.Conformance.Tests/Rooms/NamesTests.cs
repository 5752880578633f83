using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#names-message</summary>
public sealed class NamesTests : RoomTest
{
    private const string Names = "https://modern.ircdocs.horse/#names-message";

    [Fact]
    [Quote(Names, "The channel names are evaluated one-by-one.")]
    public async Task Each_room_is_told_by_itself()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.AskAsync("JOIN #one,#two");

        Assert.Equal(
            [
                ":parley 353 Ann = #one :@Ann", ":parley 366 Ann #one :End of /NAMES list",
                ":parley 353 Ann = #two :@Ann", ":parley 366 Ann #two :End of /NAMES list",
            ],
            await AskAsync(ann, "NAMES #one,#TWO"));
    }

    [Theory]
    [InlineData("#nowhere")]
    [InlineData("#no.where")]
    [InlineData("Ann")]
    [Quote(Names, "If the channel name is invalid or the channel does not exist, one RPL_ENDOFNAMES numeric containing the given channel name should be returned.")]
    public async Task Of_what_is_no_room_only_the_end_is_told(string channel)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([$":parley 366 Ann {channel} :End of /NAMES list"], await AskAsync(ann, $"NAMES {channel}"));
    }

    [Fact]
    [Quote(Names, "If no parameter is given for this command, servers SHOULD return one RPL_ENDOFNAMES numeric with the <channel> parameter set to an asterisk character ('*', 0x2A).")]
    public async Task Without_a_channel_nothing_is_told()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":parley 366 Ann * :End of /NAMES list"], await AskAsync(ann, "NAMES"));
    }

    [Fact]
    public async Task A_room_tells_those_outside_who_is_in_it()
    {
        await MeetAsync("Ann", "Bob");
        var cid = await Server.RegisterAsync("Cid");

        Assert.Equal([":parley 353 Cid = #room :@Ann Bob", ":parley 366 Cid #room :End of /NAMES list"], await AskAsync(cid, "NAMES #room"));
    }

    [Fact]
    public async Task A_room_that_is_named_several_times_is_told_once()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal(
            [":parley 353 Ann = #room :@Ann", ":parley 366 Ann #room :End of /NAMES list"],
            await AskAsync(ann, "NAMES #room,#room,#ROOM"));
    }

    [Theory]
    [InlineData(",")]
    [InlineData(":")]
    public async Task Of_no_rooms_the_end_is_told(string list)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 366 Ann * :End of /NAMES list"], await AskAsync(ann, $"NAMES {list}"));
    }

    [Theory]
    [InlineData('s', '@')]
    [InlineData('p', '*')]
    [Quote(Names, "If the given channel has the secret channel mode set and the user is not joined to that channel, one RPL_ENDOFNAMES numeric is returned.")]
    public async Task A_secret_or_private_room_tells_its_members_only(char mode, char symbol)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room +{mode}");
        var cid = await Server.RegisterAsync("Cid");

        Assert.Equal([":parley 366 Cid #room :End of /NAMES list"], await AskAsync(cid, "NAMES #room"));
        Assert.Equal($":parley 353 Ann {symbol} #room :@Ann", (await AskAsync(ann, "NAMES #room"))[0]);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rplnamreply-353", "<nick> is the nickname of a client joined to that channel, and <prefix> is the highest channel membership prefix that client has in the channel, if they have one.")]
    public async Task The_highest_rank_is_shown()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +vohv Ann Bob Bob Bob");

        Assert.Equal(":parley 353 Bob = #room :@Ann @Bob", (await AskAsync(all[1], "NAMES #room"))[^2]);
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/multi-prefix", "When requested, the multi-prefix client capability will cause the IRC server to send all possible prefixes which apply to a user in NAMES, WHO and WHOIS output.")]
    public async Task All_ranks_are_shown_to_whoever_wants_them()
    {
        var all = await MeetAsync(("Ann", "multi-prefix"), ("Bob", ""));
        await all[0].AskAsync("MODE #room +voh Ann Bob Bob");

        Assert.Equal(":parley 353 Ann = #room :@+Ann @%Bob", (await AskAsync(all[0], "NAMES #room"))[0]);
    }

    [Fact]
    public async Task Names_come_with_their_hosts_to_whoever_wants_them()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: "userhost-in-names");

        Assert.Equal(":parley 353 Ann = #room :@Ann!~ann@localhost", (await AskAsync(ann, "NAMES #room"))[0]);
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/no-implicit-names", "When negotiated, servers MUST NOT send an implicit NAMES reply after sending a JOIN message.")]
    public async Task Whoever_does_not_want_them_on_joining_asks()
    {
        var ann = await Server.RegisterAsync("Ann", "no-implicit-names");

        Assert.Equal(["JOIN"], (await ann.AskAsync("JOIN #room")).Select(line => line.Command));
        Assert.Equal(["353", "366"], (await ann.AskAsync("NAMES #room")).Select(line => line.Command));
    }

    [Fact]
    public async Task A_labeled_question_is_answered_by_one_batch()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: "labeled-response batch");

        var told = await ann.AskAsync("@label=a1 NAMES #room");

        Assert.Equal(["BATCH", "353", "366", "BATCH"], told.Select(line => line.Command));
        Assert.All(told[1..3], line => Assert.Equal(told[0].Parameters[0][1..], line.Tags["batch"]));
    }
}
