using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#kick-message</summary>
public sealed class KickTests : RoomTest
{
    private const string Kick = "https://modern.ircdocs.horse/#kick-message";

    [Fact]
    [Quote(Kick, "It causes the <user> to be removed from the <channel> by force.")]
    public async Task All_members_see_a_kick_and_its_target_sees_no_more_of_the_room()
    {
        var all = await MeetAsync("Ann", "Bob", "Cid");

        Assert.Equal([":Ann!~ann@localhost KICK #room Bob :enough"], await AskAsync(all[0], "KICK #room bob :enough"));
        await all[0].AskAsync("PRIVMSG #room :so");

        Assert.Equal([":Ann!~ann@localhost KICK #room Bob :enough"], await HeardAsync(all[1]));
        Assert.Equal([":Ann!~ann@localhost KICK #room Bob :enough", ":Ann!~ann@localhost PRIVMSG #room :so"], await HeardAsync(all[2]));
        Assert.Equal([":parley 442 Bob #room :You're not on that channel"], await AskAsync(all[1], "PART #room"));
        Assert.Equal(":parley 353 Ann = #room :@Ann Cid", (await AskAsync(all[0], "NAMES #room"))[0]);
    }

    [Fact]
    [Quote(Kick, "If no comment is given, the server SHOULD use a default message instead.")]
    public async Task Without_a_reason_it_is_the_name_of_who_kicks()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":Ann!~ann@localhost KICK #room Bob :Ann"], await AskAsync(all[0], "KICK #room Bob"));
    }

    [Theory]
    [InlineData("KICK #room Bob,Cid :out")]
    [InlineData("KICK #room,#room Bob,Cid :out")]
    [Quote(Kick, "The server MUST NOT send KICK messages with multiple users to clients.")]
    public async Task Several_are_kicked_one_by_one(string line)
    {
        var all = await MeetAsync("Ann", "Bob", "Cid", "Dan");

        await all[0].AskAsync(line);

        Assert.Equal([":Ann!~ann@localhost KICK #room Bob :out", ":Ann!~ann@localhost KICK #room Cid :out"], await HeardAsync(all[3]));
    }

    [Theory]
    [InlineData("KICK #room,#other Bob")]
    [InlineData("KICK #room,#other Bob,Cid,Dan")]
    [InlineData("KICK #room ,")]
    [Quote("https://www.rfc-editor.org/rfc/rfc2812#section-3.2.8", "For the message to be syntactically correct, there MUST be either one channel parameter and multiple user parameter, or as many channel parameters as there are user parameters.")]
    public async Task Channels_and_users_have_to_match(string line)
    {
        var all = await MeetAsync("Ann", "Bob", "Cid", "Dan");

        Assert.Equal("461", Assert.Single(await all[0].AskAsync(line)).Command);
        await all[3].ExpectNothingAsync();
    }

    [Theory]
    [InlineData("KICK")]
    [InlineData("KICK #room")]
    public async Task A_kick_needs_a_channel_and_a_user(string line)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":parley 461 Ann KICK :Not enough parameters"], await AskAsync(ann, line));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#errchanoprivsneeded-482", "Indicates that a command failed because the client does not have the appropriate channel privileges.")]
    public async Task Only_operators_kick()
    {
        var all = await MeetAsync("Ann", "Bob", "Cid");

        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "KICK #room Cid"));
        await all[2].ExpectNothingAsync();
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#errnotonchannel-442", "Returned when a client tries to perform a channel-affecting command on a channel which the client isn't a part of.")]
    public async Task Whoever_is_not_in_the_room_kicks_nobody_and_is_not_told_who_is_in()
    {
        await MeetAsync("Ann", "Bob");
        var cid = await Server.RegisterAsync("Cid");

        Assert.Equal([":parley 442 Cid #room :You're not on that channel"], await AskAsync(cid, "KICK #room Bob"));
        Assert.Equal([":parley 442 Cid #room :You're not on that channel"], await AskAsync(cid, "KICK #room Cid"));
        Assert.Equal([":parley 442 Cid #room :You're not on that channel"], await AskAsync(cid, "KICK #room Nobody"));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#errusernotinchannel-441", "Returned when a client tries to perform a channel+nick affecting command, when the nick isn't joined to the channel (for example, MODE #channel +o nick).")]
    public async Task Whoever_is_not_in_the_room_is_not_kicked()
    {
        var ann = await Server.JoinAsync("Ann");
        await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 441 Ann Bob #room :They aren't on that channel"], await AskAsync(ann, "KICK #room Bob"));
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData("b*b")]
    public async Task Who_does_not_exist_is_not_kicked(string nick)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([$":parley 401 Ann {nick} :No such nick/channel"], await AskAsync(ann, $"KICK #room {nick}"));
    }

    [Theory]
    [InlineData("#nowhere")]
    [InlineData("#no.where")]
    [InlineData("Ann")]
    public async Task Nobody_is_kicked_from_no_room(string channel)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([$":parley 403 Ann {channel} :No such channel"], await AskAsync(ann, $"KICK {channel} Ann"));
    }

    [Fact]
    public async Task A_half_operator_kicks_voices_and_not_operators()
    {
        var all = await MeetAsync("Ann", "Bob", "Cid");
        await all[0].AskAsync("MODE #room +hv Bob Cid");
        await CatchUpAsync(all);

        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "KICK #room Ann"));
        Assert.Equal([":Bob!~bob@localhost KICK #room Cid :Bob"], await AskAsync(all[1], "KICK #room Cid"));
    }

    [Fact]
    public async Task Half_of_a_list_that_cannot_be_kicked_does_not_spare_the_other_half()
    {
        var all = await MeetAsync("Ann", "Bob", "Cid");

        var told = await AskAsync(all[0], "KICK #room Nobody,Bob,Zoe,Cid :out");

        Assert.Equal(
            [":Ann!~ann@localhost KICK #room Bob :out", ":Ann!~ann@localhost KICK #room Cid :out", ":parley 401 Ann Nobody :No such nick/channel", ":parley 401 Ann Zoe :No such nick/channel"],
            told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_was_kicked_comes_back_without_a_rank()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +o Bob");
        await all[0].AskAsync("KICK #room Bob");
        await CatchUpAsync(all);

        Assert.Equal(["JOIN", "353", "366"], (await all[1].AskAsync("JOIN #room")).Select(line => line.Command));
        Assert.Equal([":Bob!~bob@localhost JOIN #room"], await HeardAsync(all[0]));
        Assert.Equal(":parley 353 Ann = #room :@Ann Bob", (await AskAsync(all[0], "NAMES #room"))[0]);
    }

    [Fact]
    public async Task The_last_member_may_kick_itself_and_the_room_is_gone()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":Ann!~ann@localhost KICK #room Ann :bye"], await AskAsync(ann, "KICK #room Ann :bye"));
        Assert.Equal([":parley 403 Ann #room :No such channel"], await AskAsync(ann, "MODE #room"));
    }

    [Fact]
    public async Task A_long_reason_is_cut_at_the_length_that_is_advertised()
    {
        var all = await MeetAsync("Ann", "Bob");

        var kicked = Assert.Single(await all[0].AskAsync($"KICK #room Bob :{new string('x', 400)}"));

        Assert.Equal(300, kicked.Text.Length);
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/labeled-response", "For any message received from a client that includes this tag, the server MUST include the same tag and value in any response required from this message where it is feasible to do so.")]
    public async Task One_kick_carries_the_label_and_several_are_a_batch()
    {
        var all = await MeetAsync(("Ann", "labeled-response batch"), ("Bob", ""), ("Cid", ""), ("Dan", ""));

        var one = Assert.Single(await all[0].AskAsync("@label=a1 KICK #room Bob"));
        Assert.Equal(("KICK", "a1"), (one.Command, one.Tags["label"]));

        var several = await all[0].AskAsync("@label=a2 KICK #room Cid,Dan");
        Assert.Equal(["BATCH", "KICK", "KICK", "BATCH"], several.Select(line => line.Command));
        Assert.Equal("a2", several[0].Tags["label"]);
        Assert.All(several[1..3], line => Assert.Equal(several[0].Parameters[0][1..], line.Tags["batch"]));
    }
}
