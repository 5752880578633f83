using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://ircv3.net/specs/extensions/channel-rename</summary>
public sealed class ChannelRenameTests : RoomTest
{
    private const string Rename = "https://ircv3.net/specs/extensions/channel-rename";
    private const string Capability = "draft/channel-rename";

    [Fact]
    [Quote(Rename, "This command allows a client to instruct the server to change the name of a channel, and in turn allows a server to inform a client that a channel name has been changed.")]
    public async Task Those_who_understand_it_are_told_the_new_name()
    {
        var all = await MeetAsync(("Ann", Capability), ("Bob", Capability));

        Assert.Equal([":Ann!~ann@localhost RENAME #room #boring :Typo fix"], await AskAsync(all[0], "RENAME #room #boring :Typo fix"));
        Assert.Equal([":Ann!~ann@localhost RENAME #room #boring :Typo fix"], await HeardAsync(all[1]));
        await all[0].AskAsync("PRIVMSG #boring :hi");
        Assert.Equal([":Ann!~ann@localhost PRIVMSG #boring :hi"], await HeardAsync(all[1]));
    }

    [Fact]
    [Quote(Rename, "The server to client command MUST always include the third parameter, an empty string MAY be used if no reason is provided.")]
    public async Task Without_a_reason_an_empty_one_is_told()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: Capability);

        Assert.Equal([":Ann!~ann@localhost RENAME #room #other :"], await AskAsync(ann, "RENAME #room #other"));
    }

    [Fact]
    [Quote(Rename, "A channel rename preserves all channel state, such as membership, mode and topic.")]
    public async Task All_that_the_room_was_it_is_under_the_new_name()
    {
        var all = await MeetAsync(("Ann", Capability), ("Bob", Capability));
        await all[0].AskAsync("TOPIC #room :tea");
        await all[0].AskAsync("MODE #room +mvb Bob x");
        await all[0].AskAsync("RENAME #room #other");

        Assert.Equal(":parley 324 Ann #other +mnt", (await AskAsync(all[0], "MODE #other"))[0]);
        Assert.Equal(":parley 332 Ann #other :tea", (await AskAsync(all[0], "TOPIC #other"))[0]);
        Assert.Equal(":parley 353 Ann = #other :@Ann +Bob", (await AskAsync(all[0], "NAMES #other"))[0]);
        Assert.StartsWith(":parley 367 Ann #other x!*@* Ann", (await AskAsync(all[0], "MODE #other b"))[0], StringComparison.Ordinal);
        Assert.Equal([":parley 403 Ann #room :No such channel"], await AskAsync(all[0], "MODE #room"));
    }

    [Fact]
    [Quote(Rename, "Send the client a PART message for the old channel name, with part message matching the rename reason if given")]
    [Quote(Rename, "Send the client a JOIN message followed by the usual messages that would be sent if the client had joined the new channel normally (RPL_TOPIC, RPL_TOPICWHOTIME, RPL_NAMREPLY, RPL_ENDOFNAMES etc).")]
    public async Task Those_who_do_not_understand_it_leave_one_room_and_join_another()
    {
        var all = await MeetAsync(("Ann", Capability), ("Bob", ""), ("Cid", "extended-join no-implicit-names"));
        await all[0].AskAsync("TOPIC #room :tea");
        var at = Server.Time.GetUtcNow().ToUnixTimeSeconds();
        await CatchUpAsync(all);

        await all[0].AskAsync("RENAME #room #other :Typo fix");

        Assert.Equal(
            [
                ":Bob!~bob@localhost PART #room :Renamed to #other: Typo fix",
                ":Bob!~bob@localhost JOIN #other",
                ":parley 332 Bob #other :tea",
                $":parley 333 Bob #other Ann {at}",
                ":parley 353 Bob = #other :@Ann Bob Cid",
                ":parley 366 Bob #other :End of /NAMES list",
            ],
            await HeardAsync(all[1]));
        Assert.Equal(
            [
                ":Cid!~cid@localhost PART #room :Renamed to #other: Typo fix", ":Cid!~cid@localhost JOIN #other * :Real Cid",
                ":parley 332 Cid #other :tea", $":parley 333 Cid #other Ann {at}",
            ],
            await HeardAsync(all[2]));
    }

    [Fact]
    [Quote(Rename, "If a client sends a valid RENAME command without having negotiated the capability, the server SHOULD rename the channel, but use the fallback mechanism to report the name change to that client.")]
    public async Task Who_renames_may_itself_not_understand_it()
    {
        var all = await MeetAsync(("Ann", ""), ("Bob", Capability));

        Assert.Equal(["PART", "JOIN", "353", "366"], (await all[0].AskAsync("RENAME #room #other")).Select(line => line.Command));
        Assert.Equal([":Ann!~ann@localhost RENAME #room #other :"], await HeardAsync(all[1]));
    }

    [Fact]
    [Quote(Rename, "Implementations MUST allow channels to be renamed while only changing the casing of a channel name.")]
    [Quote(Rename, "This fallback SHOULD NOT be used if the rename only changes the case of the channel name, as defined by the casemapping in use on the server.")]
    public async Task A_room_may_be_spelled_anew_and_only_those_hear_of_it_who_understand()
    {
        var all = await MeetAsync(("Ann", Capability), ("Bob", ""));

        Assert.Equal([":Ann!~ann@localhost RENAME #room #Room :"], await AskAsync(all[0], "RENAME #room #Room"));

        await all[1].ExpectNothingAsync();
        Assert.Equal(":parley 353 Bob = #Room :@Ann Bob", (await AskAsync(all[1], "NAMES #room"))[0]);
    }

    [Theory]
    [InlineData("#other")]
    [InlineData("#OTHER")]
    [InlineData("#room")]
    [Quote(Rename, "FAIL RENAME CHANNEL_NAME_IN_USE <old-channel> <new-channel> :The channel name is already taken")]
    public async Task A_name_that_is_taken_is_refused(string newName)
    {
        var all = await MeetAsync(("Ann", Capability), ("Bob", Capability));
        await Server.JoinAsync("Cid", "#other");

        Assert.Equal([$":parley FAIL RENAME CHANNEL_NAME_IN_USE #room {newName} :The channel name is already taken"], await AskAsync(all[0], $"RENAME #room {newName}"));
        await all[1].ExpectNothingAsync();
    }

    [Theory]
    [InlineData("other")]
    [InlineData("#x")]
    [InlineData("#no/where")]
    [InlineData("&other")]
    [Quote(Rename, "FAIL RENAME CANNOT_RENAME <old-channel> <new-channel> :The channel cannot be renamed")]
    public async Task What_is_no_name_of_a_room_is_refused(string newName)
    {
        var ann = await Server.JoinAsync("Ann", capabilities: Capability);

        var told = Assert.Single(await ann.AskAsync($"RENAME #room {newName}"));
        Assert.Equal(["RENAME", "CANNOT_RENAME", "#room", newName], told.Parameters.SkipLast(1));
    }

    [Fact]
    [Quote(Rename, "If existing error numerics (such as ERR_CHANOPRIVSNEEDED, ERR_NOTONCHANNEL, ERR_NEEDMOREPARAMS) are more appropriate, they SHOULD be used instead.")]
    public async Task Only_operators_rename_rooms_that_are()
    {
        var all = await MeetAsync(("Ann", Capability), ("Bob", Capability));
        var cid = await Server.RegisterAsync("Cid", Capability);

        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "RENAME #room #other"));
        Assert.Equal([":parley 442 Cid #room :You're not on that channel"], await AskAsync(cid, "RENAME #room #other"));
        Assert.Equal([":parley 403 Ann #nowhere :No such channel"], await AskAsync(all[0], "RENAME #nowhere #other"));
        Assert.Equal([":parley 403 Ann nowhere :No such channel"], await AskAsync(all[0], "RENAME nowhere #other"));
        Assert.Equal([":parley 461 Ann RENAME :Not enough parameters"], await AskAsync(all[0], "RENAME #room"));
    }

    [Fact]
    public async Task The_old_name_is_free()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: Capability);
        await ann.AskAsync("RENAME #room #other");

        Assert.Equal(":parley 353 Ann = #room :@Ann", (await ann.AskAsync("JOIN #room"))[1].Body);
        Assert.Equal(":parley 353 Ann = #other :@Ann", (await AskAsync(ann, "NAMES #other"))[0]);
    }

    [Fact]
    public async Task The_label_is_on_the_one_line_or_on_a_batch_of_several_and_on_nobody_elses()
    {
        var all = await MeetAsync(("Ann", $"labeled-response batch {Capability}"), ("Bob", "labeled-response batch"));

        var one = Assert.Single(await all[0].AskAsync("@label=a1 RENAME #room #other"));
        Assert.Equal(("RENAME", "a1"), (one.Command, one.Tags["label"]));
        Assert.All(await all[1].SyncAsync(), line => Assert.Empty(line.Tags));

        await all[0].AskAsync("MODE #other +o Bob");
        await CatchUpAsync(all);
        var several = await all[1].AskAsync("@label=b1 RENAME #other #third");
        Assert.Equal(["BATCH", "PART", "JOIN", "353", "366", "BATCH"], several.Select(line => line.Command));
        Assert.All(several[1..5], line => Assert.Equal(several[0].Parameters[0][1..], line.Tags["batch"]));
    }

    [Fact]
    public async Task Somebody_on_lines_goes_along()
    {
        var ann = await Server.JoinAsync("Ann", "#main", Capability);
        var lena = await Server.EnterLinesAsync("Lena");

        await ann.AskAsync("RENAME #main #lobby :new sign");

        await lena.ExpectAsync("Ann renamed the room (new sign)", "You joined lobby");
        await lena.SendLineAsync("hi");
        await lena.ExpectAsync("Lena: hi");
        await lena.SendLineAsync("/join lobby");
        await lena.ExpectAsync("You are in lobby");
    }
}
