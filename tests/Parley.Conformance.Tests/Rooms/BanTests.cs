using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#ban-channel-mode, and the lists of exceptions</summary>
public sealed class BanTests : RoomTest
{
    private const string Mode = "https://modern.ircdocs.horse/#mode-message";
    private const string Ban = "https://modern.ircdocs.horse/#ban-channel-mode";

    [Theory]
    [InlineData('b', "367", "368", "End of channel ban list")]
    [InlineData('e', "348", "349", "End of channel exception list")]
    [InlineData('I', "346", "347", "End of channel invite exception list")]
    [Quote(Mode, "If a type A mode has been sent without an argument, the contents of the list MUST be sent to the user, unless it contains sensitive information the user is not allowed to access.")]
    public async Task A_list_is_told_with_who_set_what_and_when(char letter, string entry, string end, string words)
    {
        var all = await MeetAsync("Ann", "Bob");
        var first = Server.Time.GetUtcNow().ToUnixTimeSeconds();
        await all[0].AskAsync($"MODE #room +{letter} one");
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        await all[0].AskAsync($"MODE #room +{letter} two@host");
        await CatchUpAsync(all);

        Assert.Equal(
            [
                $":parley {entry} Bob #room one!*@* Ann {first}",
                $":parley {entry} Bob #room *!two@host Ann {first + 1}",
                $":parley {end} Bob #room :{words}",
            ],
            await AskAsync(all[1], $"MODE #room +{letter}"));
    }

    [Theory]
    [InlineData("MODE #room b")]
    [InlineData("MODE #room -b")]
    [InlineData("MODE #room bbb")]
    public async Task An_empty_list_has_an_end_too_and_one_only(string line)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":parley 368 Ann #room :End of channel ban list"], await AskAsync(ann, line));
    }

    [Fact]
    public async Task Several_lists_are_told_one_after_the_other()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal(["368", "349", "347"], (await ann.AskAsync("MODE #room beI")).Select(line => line.Command));
    }

    [Theory]
    [InlineData("bob", "bob!*@*")]
    [InlineData("*@host", "*!*@host")]
    [InlineData("bob!user", "bob!user@*")]
    [InlineData("*.example.com", "*!*@*.example.com")]
    [InlineData("**!**@**", "*!*@*")]
    [InlineData("~bob@host", "*!~bob@host")]
    [InlineData("~a:bob", "~a:bob")]
    [InlineData("~account:bob", "~a:bob")]
    public async Task A_mask_is_shown_whole(string written, string shown)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([$":Ann!~ann@localhost MODE #room +b {shown}"], await AskAsync(ann, $"MODE #room +b {written}"));
        Assert.Equal([$":Ann!~ann@localhost MODE #room -b {shown}"], await AskAsync(ann, $"MODE #room -b {written}"));
    }

    [Fact]
    public async Task The_same_mask_in_another_case_is_on_the_list_once_and_comes_off_as_it_was_spelled()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +b Bob");

        Assert.Empty(await AskAsync(ann, "MODE #room +b bOB"));
        Assert.Equal([":Ann!~ann@localhost MODE #room -b Bob!*@*"], await AskAsync(ann, "MODE #room -b BOB!*@*"));
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("B?B!*@*")]
    [InlineData("*!~bob@*")]
    [InlineData("*!*@localhost")]
    [InlineData("*")]
    [Quote(Ban, "If they match one of these banned masks, they will receive an ERR_BANNEDFROMCHAN (474) reply and the JOIN command will fail.")]
    public async Task Whoever_a_ban_is_about_does_not_come_in(string mask)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room +b {mask}");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 474 Bob #room :Cannot join channel (+b)"], await AskAsync(bob, "JOIN #room"));
        await ann.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("bobby")]
    [InlineData("*!bob@*")]
    [InlineData("?ob!*@elsewhere")]
    public async Task A_ban_of_others_keeps_nobody_out(string mask)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room +b {mask}");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Contains(await bob.AskAsync("JOIN #room"), line => line.Command == "JOIN");
    }

    [Fact]
    [Quote(Ban, "This channel mode controls a list of client masks that are 'banned' from joining or speaking in the channel.")]
    public async Task Whoever_is_in_when_it_is_banned_is_silent_until_it_is_not()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +b bob");
        await CatchUpAsync(all);

        Assert.Equal([":parley 404 Bob #room :Cannot send to channel"], await AskAsync(all[1], "PRIVMSG #room :hush"));
        Assert.Empty(await AskAsync(all[1], "NOTICE #room :hush"));
        await all[0].ExpectNothingAsync();
        await all[0].AskAsync("MODE #room -b bob");
        await CatchUpAsync(all);
        await all[1].AskAsync("PRIVMSG #room :thanks");
        Assert.Equal([":Bob!~bob@localhost PRIVMSG #room :thanks"], await HeardAsync(all[0]));
    }

    [Theory]
    [InlineData('o')]
    [InlineData('h')]
    [InlineData('v')]
    public async Task A_rank_goes_before_a_ban(char letter)
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync($"MODE #room +b{letter} bob bob");
        await CatchUpAsync(all);

        await all[1].AskAsync("PRIVMSG #room :still");
        Assert.Equal([":Bob!~bob@localhost PRIVMSG #room :still"], await HeardAsync(all[0]));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#exception-channel-mode", "If their nickmask matches any one of the masks set by this mode, and their nickmask also matches any one of the masks set by the ban channel mode, they will not be blocked from joining due to the ban mode.")]
    public async Task Whoever_an_exception_is_about_comes_in_and_speaks()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +be *!*@* BOB");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Contains(await bob.AskAsync("JOIN #room"), line => line.Command == "JOIN");
        await bob.AskAsync("PRIVMSG #room :hi");
        Assert.Equal(["JOIN", "PRIVMSG"], (await ann.SyncAsync()).Select(line => line.Command));
    }

    [Fact]
    public async Task An_exception_from_bans_is_none_from_other_modes()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +ie bob");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 473 Bob #room :Cannot join channel (+i)"], await AskAsync(bob, "JOIN #room"));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#invite-exception-channel-mode", "If their nickmask matches any one of the masks set by this mode, and the channel is in invite-only mode, they do not need to require an INVITE in order to join the channel.")]
    public async Task Whoever_an_invite_exception_is_about_needs_no_invitation_and_must_not_be_banned()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +iI bob");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Contains(await bob.AskAsync("JOIN #room"), line => line.Command == "JOIN");
        await bob.AskAsync("PART #room");
        await ann.AskAsync("MODE #room +b bob");
        Assert.Equal([":parley 474 Bob #room :Cannot join channel (+b)"], await AskAsync(bob, "JOIN #room"));
    }

    [Fact]
    public async Task A_new_name_brings_under_a_ban_and_out_of_it()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +b eve");
        await all[1].AskAsync("NICK Eve");

        Assert.Equal("404", Assert.Single(await all[1].AskAsync("PRIVMSG #room :hush")).Command);
        await all[1].AskAsync("NICK Bob");
        Assert.Empty(await all[1].AskAsync("PRIVMSG #room :fine"));
    }

    [Fact]
    public async Task A_list_has_as_many_masks_as_are_advertised()
    {
        var ann = await Server.JoinAsync("Ann");
        for (var i = 0; i < 100; i += 10)
        {
            await ann.SendAsync($"MODE #room +bbbbbbbbbb {string.Join(' ', Enumerable.Range(i, 10).Select(j => $"x{j}"))}");
        }

        await ann.SyncAsync();
        Assert.Equal([":parley 478 Ann #room b :Channel list is full"], await AskAsync(ann, "MODE #room +bb y z"));
        Assert.Equal(101, (await ann.AskAsync("MODE #room b")).Count);
        Assert.Equal([":Ann!~ann@localhost MODE #room +e y!*@*"], await AskAsync(ann, "MODE #room +e y"));
    }

    [Fact]
    public async Task A_mask_that_is_too_long_is_refused()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal("696", Assert.Single(await ann.AskAsync($"MODE #room +b {new string('x', 201)}")).Command);
    }

    [Fact]
    public async Task Somebody_on_lines_is_banned_by_its_name()
    {
        var ann = await Server.JoinAsync("Ann", "#main");
        var lena = await Server.EnterLinesAsync("Lena");
        await ann.AskAsync("MODE #main +b lena");

        await lena.ExpectAsync("Ann banned lena!*@*");
        await lena.SendLineAsync("but");
        await lena.ExpectAsync("You may not speak in main");
        await lena.SendLineAsync("/join other");
        await lena.ExpectAsync("You joined other");
        await lena.SendLineAsync("/join main");
        await lena.ExpectAsync("You are banned from main");
        await lena.SendLineAsync("/users");
        await lena.ExpectAsync("Users - Lena");
    }
}
