using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#topic-message</summary>
public sealed class TopicTests : RoomTest
{
    private const string Topic = "https://modern.ircdocs.horse/#topic-message";

    [Fact]
    [Quote(Topic, "If the topic of a channel is changed or cleared, every client in that channel (including the author of the topic change) will receive a TOPIC command with the new topic as argument (or an empty argument if the topic was cleared) alerting them to how the topic has changed.")]
    public async Task All_members_are_told_a_new_topic_and_that_it_is_cleared()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":Ann!~ann@localhost TOPIC #room :tea at five"], await AskAsync(all[0], "TOPIC #room :tea at five"));
        Assert.Equal([":Ann!~ann@localhost TOPIC #room :"], await AskAsync(all[0], "TOPIC #room :"));

        Assert.Equal([":Ann!~ann@localhost TOPIC #room :tea at five", ":Ann!~ann@localhost TOPIC #room :"], await HeardAsync(all[1]));
    }

    [Fact]
    [Quote(Topic, "If RPL_TOPIC is returned to the client sending this command, RPL_TOPICWHOTIME SHOULD also be sent to that client.")]
    public async Task Whoever_asks_is_told_the_topic_and_who_set_it_when()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("TOPIC #room :tea");
        await CatchUpAsync(all);

        var at = Server.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal([":parley 332 Bob #room :tea", $":parley 333 Bob #room Ann {at}"], await AskAsync(all[1], "TOPIC #ROOM"));
    }

    [Fact]
    [Quote(Topic, "If <topic> is not given, either RPL_TOPIC or RPL_NOTOPIC is returned specifying the current channel topic or lack of one.")]
    public async Task Whoever_asks_for_a_topic_that_was_never_set_is_told_so()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":parley 331 Ann #room :No topic is set"], await AskAsync(ann, "TOPIC #room"));
    }

    [Fact]
    [Quote(Topic, "If <topic> is an empty string, the topic for the channel will be cleared.")]
    public async Task A_cleared_topic_is_none()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("TOPIC #room :tea");
        await ann.AskAsync("TOPIC #room :");

        Assert.Equal([":parley 331 Ann #room :No topic is set"], await AskAsync(ann, "TOPIC #room"));
    }

    [Fact]
    [Quote(Topic, "Clients joining the channel in the future will receive a RPL_TOPIC numeric (or lack thereof) accordingly.")]
    public async Task Who_joins_is_told_the_topic_between_its_join_and_the_names()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("TOPIC #room :tea");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(["JOIN", "332", "333", "353", "366"], (await bob.AskAsync("JOIN #room")).Select(line => line.Command));
    }

    [Fact]
    [Quote(Topic, "If a client does not have appropriate channel permissions and tries to change the topic, the ERR_CHANOPRIVSNEEDED (482) numeric is returned and the command will fail.")]
    public async Task A_protected_topic_is_set_by_operators_only()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "TOPIC #room :mine"));
        await all[0].ExpectNothingAsync();
    }

    [Theory]
    [InlineData("+h Bob")]
    [InlineData("-t")]
    public async Task A_half_operator_sets_it_and_anybody_does_where_it_is_not_protected(string modes)
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync($"MODE #room {modes}");
        await CatchUpAsync(all);

        Assert.Equal([":Bob!~bob@localhost TOPIC #room :mine"], await AskAsync(all[1], "TOPIC #room :mine"));
    }

    [Fact]
    public async Task A_voice_is_not_enough()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +v Bob");
        await CatchUpAsync(all);

        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "TOPIC #room :mine"));
    }

    [Fact]
    public async Task Whoever_is_not_in_the_room_sets_no_topic_but_may_read_it()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("TOPIC #room :tea");
        await ann.AskAsync("MODE #room -t");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 442 Bob #room :You're not on that channel"], await AskAsync(bob, "TOPIC #room :mine"));
        Assert.Equal("332", (await bob.AskAsync("TOPIC #room"))[0].Command);
    }

    [Theory]
    [InlineData("TOPIC #nowhere")]
    [InlineData("TOPIC #nowhere :x")]
    [InlineData("TOPIC #no.where :x")]
    [InlineData("TOPIC room")]
    public async Task There_is_no_topic_without_a_room(string line)
    {
        var ann = await Server.JoinAsync("Ann");

        var channel = line.Split(' ')[1];
        Assert.Equal([$":parley 403 Ann {channel} :No such channel"], await AskAsync(ann, line));
    }

    [Fact]
    public async Task A_secret_room_is_none_to_whoever_is_outside()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +s");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 403 Bob #room :No such channel"], await AskAsync(bob, "TOPIC #room"));
    }

    [Fact]
    public async Task A_topic_needs_a_channel()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 461 Ann TOPIC :Not enough parameters"], await AskAsync(ann, "TOPIC"));
    }

    [Fact]
    public async Task A_long_topic_is_cut_at_the_length_that_is_advertised_and_within_no_character()
    {
        var ann = await Server.JoinAsync("Ann");

        var told = await ann.AskAsync($"TOPIC #room :{new string('x', 389)}äöü");

        Assert.Equal(new string('x', 389), told[0].Text);
        Assert.Equal(new string('x', 389), (await ann.AskAsync("TOPIC #room"))[0].Text);
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/labeled-response", "For any message received from a client that includes this tag, the server MUST include the same tag and value in any response required from this message where it is feasible to do so.")]
    public async Task The_label_is_on_what_the_setter_is_told_and_on_nobody_elses()
    {
        var all = await MeetAsync(("Ann", "labeled-response batch"), ("Bob", "labeled-response batch"));

        var set = Assert.Single(await all[0].AskAsync("@label=a1 TOPIC #room :tea"));
        Assert.Equal(("TOPIC", "a1"), (set.Command, set.Tags["label"]));
        Assert.Empty((await all[1].ExpectAsync("TOPIC")).Tags);

        var refused = Assert.Single(await all[1].AskAsync("@label=b1 TOPIC #room :mine"));
        Assert.Equal(("482", "b1"), (refused.Command, refused.Tags["label"]));

        var asked = await all[1].AskAsync("@label=b2 TOPIC #room");
        Assert.Equal(["BATCH", "332", "333", "BATCH"], asked.Select(line => line.Command));
        Assert.Equal("b2", asked[0].Tags["label"]);
        Assert.All(asked[1..3], line => Assert.Equal(asked[0].Parameters[0][1..], line.Tags["batch"]));
    }

    [Fact]
    public async Task A_topic_tells_when_it_was_set_and_by_which_account_like_any_other_event()
    {
        var all = await MeetAsync(("Ann", ""), ("Bob", "server-time"));

        await all[0].AskAsync("TOPIC #room :tea");

        Assert.Equal(["time"], (await all[1].ExpectAsync("TOPIC")).Tags.Keys);
    }
}
