using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#part-message</summary>
public sealed class PartTests : RoomTest
{
    private const string Part = "https://modern.ircdocs.horse/#part-message";

    [Fact]
    [Quote(Part, "On sending a successful PART command, the user will receive a PART message from the server for each channel they have been removed from.")]
    [Quote(Part, "<reason> is the reason that the client has left the channel(s).")]
    public async Task Both_sides_are_told_and_why()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":Bob!~bob@localhost PART #room :had enough"], await AskAsync(all[1], "PART #ROOM :had enough"));
        Assert.Equal([":Bob!~bob@localhost PART #room :had enough"], await HeardAsync(all[0]));
        await all[0].AskAsync("PRIVMSG #room :gone");
        await all[1].ExpectNothingAsync();
    }

    [Fact]
    public async Task Without_a_reason_none_is_told()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":Bob!~bob@localhost PART #room"], await AskAsync(all[1], "PART #room"));
        Assert.Equal([":Bob!~bob@localhost PART #room"], await HeardAsync(all[0]));
    }

    [Fact]
    [Quote(Part, "If a PART message is distributed in this way, <reason> (if it exists) should be on each of these messages.")]
    public async Task Several_rooms_are_left_one_after_the_other_for_the_same_reason()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.AskAsync("JOIN #one,#two");

        Assert.Equal([":Ann!~ann@localhost PART #one :tea", ":Ann!~ann@localhost PART #two :tea"], await AskAsync(ann, "PART #one,#two :tea"));
    }

    [Fact]
    [Quote(Part, "For each channel in the parameter of this command, if the channel exists and the client is not joined to it, they will receive an ERR_NOTONCHANNEL (442) reply and that channel will be ignored.")]
    [Quote(Part, "If the channel does not exist, the client will receive an ERR_NOSUCHCHANNEL (403) reply and that channel will be ignored.")]
    public async Task Rooms_that_one_is_not_in_and_that_are_none_are_told_apart_and_ignored()
    {
        await Server.JoinAsync("Ann");
        var bob = await Server.JoinAsync("Bob", "#mine");

        Assert.Equal(
            [":parley 442 Bob #room :You're not on that channel", ":parley 403 Bob #nowhere :No such channel", ":parley 403 Bob x :No such channel", ":Bob!~bob@localhost PART #mine"],
            await AskAsync(bob, "PART #room,#nowhere,x,#mine"));
    }

    [Fact]
    public async Task A_secret_room_that_one_is_not_in_is_none()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +s");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 403 Bob #room :No such channel"], await AskAsync(bob, "PART #room"));
    }

    [Fact]
    public async Task A_room_is_left_once()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":Bob!~bob@localhost PART #room", ":parley 442 Bob #room :You're not on that channel"], await AskAsync(all[1], "PART #room,#room"));
    }

    [Fact]
    public async Task A_part_needs_a_channel()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":parley 461 Ann PART :Not enough parameters"], await AskAsync(ann, "PART"));
    }

    [Fact]
    public async Task What_was_said_before_one_left_comes_before_the_part()
    {
        var all = await MeetAsync("Ann", "Bob");

        await all[1].SendAllAsync("PRIVMSG #room :bye", "PART #room");

        await all[0].ExpectLineAsync(":Bob!~bob@localhost PRIVMSG #room :bye");
        await all[0].ExpectLineAsync(":Bob!~bob@localhost PART #room");
    }

    [Fact]
    public async Task The_label_is_on_the_part()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: "labeled-response batch");

        var told = Assert.Single(await ann.AskAsync("@label=a1 PART #room :tea"));
        Assert.Equal(("PART", "a1"), (told.Command, told.Tags["label"]));
    }

    [Fact]
    public async Task Somebody_on_lines_sees_a_part_as_leaving()
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        var lena = await Server.EnterLinesAsync("Lena");

        await ann.AskAsync("PART #main :tea");

        await lena.ExpectAsync("Ann left");
    }
}
