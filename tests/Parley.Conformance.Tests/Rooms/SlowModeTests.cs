using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>Mode <c>W</c>: those without a rank wait between two messages.</summary>
public sealed class SlowModeTests : RoomTest
{
    [Fact]
    public async Task It_is_set_by_an_operator_shown_to_all_and_taken_off_without_an_argument()
    {
        var all = await MeetAsync("Ann", "Bob");
        await CatchUpAsync(all);

        Assert.Equal([":Ann!~ann@localhost MODE #room +W 30"], await AskAsync(all[0], "MODE #room +W 30"));
        Assert.EndsWith("MODE #room +W 30", Assert.Single(await HeardAsync(all[1])), StringComparison.Ordinal);
        Assert.Equal(":parley 324 Bob #room +ntW 30", (await AskAsync(all[1], "MODE #room"))[0]);
        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "MODE #room -W"));
        Assert.EndsWith("MODE #room -W", Assert.Single(await AskAsync(all[0], "MODE #room -W")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_speaks_again_too_soon_is_told_how_long_to_wait()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +W 30");
        await all[1].AskAsync("PRIVMSG #room :one");
        await CatchUpAsync(all);
        Server.Time.Advance(TimeSpan.FromSeconds(12.5));

        Assert.Equal([":parley 404 Bob #room :Cannot send to channel (slow mode: wait 18 seconds)"], await AskAsync(all[1], "PRIVMSG #room :two"));
        Assert.Empty(await AskAsync(all[1], "NOTICE #room :two"));
        Server.Time.Advance(TimeSpan.FromSeconds(17));
        Assert.Equal([":parley 404 Bob #room :Cannot send to channel (slow mode: wait 1 second)"], await AskAsync(all[1], "PRIVMSG #room :two"));
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(await AskAsync(all[1], "PRIVMSG #room :three"));

        Assert.EndsWith("PRIVMSG #room :three", Assert.Single(await HeardAsync(all[0])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reaction_in_letters_waits_as_well_and_the_word_filter_looks_at_it()
    {
        var all = await MeetAsync(("Ann", ""), ("Bob", "message-tags"));
        await all[0].AskAsync("MODE #room +W 30");
        await all[0].AskAsync("MODE #room +g spam*");
        await all[1].AskAsync("PRIVMSG #room :one");

        Assert.Empty(await AskAsync(all[1], "@+draft/react=\U0001F600;+draft/reply=room.1 TAGMSG #room"));
        Assert.Equal([":parley 404 Bob #room :Cannot send to channel (slow mode: wait 30 seconds)"], await AskAsync(all[1], "@+draft/react=meet\\sme;+draft/reply=room.1 TAGMSG #room"));
        Server.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.StartsWith(":parley 404 Bob #room :", Assert.Single(await AskAsync(all[1], "@+draft/react=spammy;+draft/reply=room.1 TAGMSG #room")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refusal_has_the_label_of_what_it_refuses()
    {
        var all = await MeetAsync(("Ann", ""), ("Bob", "echo-message labeled-response batch"));
        await all[0].AskAsync("MODE #room +W 30");
        await all[1].AskAsync("PRIVMSG #room :one");

        var answer = Assert.Single(await all[1].AskAsync("@label=x PRIVMSG #room :two"));

        Assert.Equal("x", answer.Tags["label"]);
        Assert.StartsWith(":parley 404 Bob #room :", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("21601")]
    [InlineData("soon")]
    public async Task Another_pause_than_1_second_to_6_hours_is_no_argument(string seconds)
    {
        var all = await MeetAsync("Ann");

        Assert.Equal([$":parley 696 Ann #room W {seconds} :Slow mode takes 1 to 21600 seconds"], await AskAsync(all[0], $"MODE #room +W {seconds}"));
        Assert.Equal([":parley 696 Ann #room W * :It needs an argument"], await AskAsync(all[0], "MODE #room +W"));
    }

    [Fact]
    public async Task A_secret_room_does_not_show_itself_by_it()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room -n+sW 30");
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("PRIVMSG #room :one");

        Assert.Equal([":parley 403 Bob #room :No such channel"], await AskAsync(bob, "PRIVMSG #room :two"));
    }

    [Fact]
    public async Task People_on_lines_wait_and_read_of_it_like_everybody()
    {
        var all = await Server.JoinAllAsync("#main", ("Ann", ""));
        var lena = await Server.EnterLinesAsync("Lena");
        await all[0].SendAsync("MODE #main +W 30");
        await lena.ExpectAsync("Ann turned slow mode on, 30 s between messages");

        await lena.SendLinesAsync("one", "two", "/me waves");

        await lena.ExpectAsync("Lena: one", "Slow mode in main, wait 30 seconds", "Slow mode in main, wait 30 seconds");
        await all[0].SendAsync("MODE #main -W");
        await lena.ExpectAsync("Ann turned slow mode off");
    }
}
