using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#join-message</summary>
public sealed class JoinTests : RoomTest
{
    private const string Join = "https://modern.ircdocs.horse/#join-message";

    [Fact]
    [Quote(Join, "If a client's JOIN command to the server is successful, the server MUST send, in this order:")]
    public async Task Who_joins_is_told_that_the_topic_and_who_is_there()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("TOPIC #room :tea");
        var at = Server.Time.GetUtcNow().ToUnixTimeSeconds();
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(
            [
                ":Bob!~bob@localhost JOIN #room",
                ":parley 332 Bob #room :tea",
                $":parley 333 Bob #room Ann {at}",
                ":parley 353 Bob = #room :@Ann Bob",
                ":parley 366 Bob #room :End of /NAMES list",
            ],
            await AskAsync(bob, "JOIN #room"));
        Assert.Equal([":Bob!~bob@localhost JOIN #room"], await HeardAsync(ann));
    }

    [Fact]
    [Quote(Join, "The channel's topic (with RPL_TOPIC (332) and optionally RPL_TOPICWHOTIME (333)), and no message if the channel does not have a topic.")]
    public async Task Without_a_topic_nothing_is_said_of_one()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(["JOIN", "353", "366"], (await ann.AskAsync("JOIN #room")).Select(line => line.Command));
    }

    [Fact]
    [Quote(Join, "Servers SHOULD NOT send multiple channels in this message to clients, and SHOULD distribute these multiple-channel JOIN messages as a series of messages with a single channel name on each.")]
    public async Task Several_rooms_are_joined_one_after_the_other()
    {
        var ann = await Server.RegisterAsync("Ann");

        var joined = await ann.AskAsync("JOIN #one,#two,#three");

        Assert.Equal(["#one", "#two", "#three"], joined.Where(line => line.Command == "JOIN").Select(line => line.Parameters[0]));
        Assert.Equal(3, joined.Count(line => line.Command == "366"));
    }

    [Fact]
    [Quote(Join, "Servers MUST process the parameters of this command as lists on incoming commands from clients, with the first <key> being used for the first <channel>, the second <key> being used for the second <channel>, etc.")]
    public async Task Each_room_is_given_its_own_key()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.AskAsync("JOIN #one,#two,#three");
        await ann.AskAsync("MODE #one +k first");
        await ann.AskAsync("MODE #three +k third");
        var bob = await Server.RegisterAsync("Bob");
        var cid = await Server.RegisterAsync("Cid");

        Assert.Equal(3, (await bob.AskAsync("JOIN #one,#two,#three first,,third")).Count(line => line.Command == "JOIN"));
        Assert.Equal(["475", "JOIN", "475"], (await cid.AskAsync("JOIN #one,#two,#three third")).Select(line => line.Command).Where(command => command is "JOIN" or "475"));
        Assert.Equal(["JOIN"], (await cid.AskAsync("JOIN ,#one ,first")).Select(line => line.Command).Where(command => command is "JOIN" or "475"));
    }

    [Theory]
    [InlineData("+k sesame", "JOIN #room", "475", "Cannot join channel (+k)")]
    [InlineData("+k sesame", "JOIN #room SESAME", "475", "Cannot join channel (+k)")]
    [InlineData("+i", "JOIN #room", "473", "Cannot join channel (+i)")]
    [InlineData("+b *!*@*", "JOIN #room", "474", "Cannot join channel (+b)")]
    [InlineData("+l 1", "JOIN #room", "471", "Cannot join channel (+l)")]
    [InlineData("+kl sesame 1", "JOIN #room sesame", "471", "Cannot join channel (+l)")]
    [InlineData("+ib *!*@*", "JOIN #room", "474", "Cannot join channel (+b)")]
    [Quote(Join, "The server receiving the command checks whether or not the client can join the given channel, and processes the request.")]
    public async Task Whoever_may_not_come_in_is_told_why(string modes, string line, string numeric, string words)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room {modes}");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([$":parley {numeric} Bob #room :{words}"], await AskAsync(bob, line));
        await ann.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("+k sesame", "JOIN #room sesame")]
    [InlineData("+l 2", "JOIN #room")]
    [InlineData("-n", "JOIN #room some key")]
    public async Task Whoever_may_comes_in(string modes, string line)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room {modes}");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal("JOIN", (await bob.AskAsync(line))[0].Command);
    }

    [Theory]
    [InlineData("room")]
    [InlineData("#")]
    [InlineData("#x")]
    [InlineData("#..")]
    [InlineData("#no/where")]
    [InlineData("&room")]
    [InlineData("##room")]
    public async Task What_is_no_name_of_a_room_is_none(string channel)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([$":parley 403 Ann {channel} :No such channel"], await AskAsync(ann, $"JOIN {channel}"));
    }

    [Fact]
    public async Task One_bad_name_of_a_list_does_not_spoil_the_others()
    {
        var ann = await Server.RegisterAsync("Ann");

        var told = await ann.AskAsync("JOIN #one,x,#two");

        Assert.Equal(["JOIN", "403", "JOIN"], told.Select(line => line.Command).Where(command => command is "JOIN" or "403"));
    }

    [Theory]
    [InlineData("#room")]
    [InlineData("#ROOM")]
    [InlineData("#room,#room")]
    public async Task Joining_where_one_is_does_nothing(string channels)
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Empty(await AskAsync(all[0], $"JOIN {channels}"));
        await all[1].ExpectNothingAsync();
    }

    [Fact]
    public async Task A_room_is_spelled_as_by_whoever_made_it()
    {
        await Server.JoinAsync("Ann", "#Room");
        var bob = await Server.RegisterAsync("Bob");

        var joined = await bob.AskAsync("JOIN #rOOM");

        Assert.Equal(":Bob!~bob@localhost JOIN #Room", joined[0].Body);
        Assert.All(joined[1..], line => Assert.Contains("#Room", line.Parameters));
    }

    [Fact]
    [Quote(Join, "If the client cannot join this channel because they would be over their limit, they will receive an ERR_TOOMANYCHANNELS (405) reply and the command will fail.")]
    public async Task One_is_in_as_many_rooms_as_are_advertised()
    {
        var ann = await Server.RegisterAsync("Ann");
        for (var i = 0; i < 100; i += 20)
        {
            await ann.SendAsync($"JOIN {string.Join(',', Enumerable.Range(i, 20).Select(j => $"#room{j}"))}");
        }

        Assert.Equal(100, (await ann.SyncAsync()).Count(line => line.Command == "JOIN"));
        Assert.Equal([":parley 405 Ann #more :You have joined too many channels"], await AskAsync(ann, "JOIN #more"));
        await ann.AskAsync("PART #room7");
        Assert.Equal("JOIN", (await ann.AskAsync("JOIN #more"))[0].Command);
    }

    [Fact]
    [Quote(Join, "The server will process this command as though the client had sent a PART command for each channel they are a member of.")]
    public async Task JOIN_0_leaves_all_rooms()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[1].AskAsync("JOIN #other");

        Assert.Equal([":Bob!~bob@localhost PART #room", ":Bob!~bob@localhost PART #other"], await AskAsync(all[1], "JOIN 0"));
        Assert.Equal([":Bob!~bob@localhost PART #room"], await HeardAsync(all[0]));
        Assert.Empty(await AskAsync(all[1], "JOIN 0"));
    }

    [Fact]
    public async Task A_join_needs_a_channel()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 461 Ann JOIN :Not enough parameters"], await AskAsync(ann, "JOIN"));
    }

    [Fact]
    public async Task A_labeled_join_is_one_batch_with_all_that_it_shows()
    {
        var ann = await Server.RegisterAsync("Ann", "labeled-response batch");

        var told = await ann.AskAsync("@label=a1 JOIN #room");

        Assert.Equal(["BATCH", "JOIN", "353", "366", "BATCH"], told.Select(line => line.Command));
        Assert.Equal("a1", told[0].Tags["label"]);
        Assert.All(told[1..4], line => Assert.Equal(told[0].Parameters[0][1..], line.Tags["batch"]));
    }

    [Fact]
    [Quote("https://ircv3.net/specs/extensions/labeled-response", "Servers MUST respond with a labeled ACK message when a client sends a labeled command that normally produces no response.")]
    public async Task A_labeled_join_of_a_room_one_is_in_is_acknowledged()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: "labeled-response batch");

        var told = Assert.Single(await ann.AskAsync("@label=a1 JOIN #room"));
        Assert.Equal(("ACK", "a1"), (told.Command, told.Tags["label"]));
    }

    [Fact]
    public async Task Many_members_are_named_in_as_many_lines_as_it_takes()
    {
        for (var i = 0; i < 12; i++)
        {
            await Server.JoinAsync($"Somebody-Or-Other{i:00}");
        }

        var last = await Server.RegisterAsync("Last", "userhost-in-names");
        var names = (await last.AskAsync("JOIN #room")).Where(line => line.Command == "353").ToArray();

        Assert.True(names.Length > 1);
        Assert.All(names, line => Assert.True(line.Raw.Length <= 510));
        Assert.Equal(13, names.Sum(line => line.Text.Split(' ').Length));
    }
}
