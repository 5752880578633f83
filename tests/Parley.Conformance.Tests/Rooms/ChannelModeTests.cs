using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#mode-message, for channels</summary>
public sealed class ChannelModeTests : RoomTest
{
    private const string Mode = "https://modern.ircdocs.horse/#mode-message";

    [Fact]
    [Quote(Mode, "If <modestring> is not given, the RPL_CHANNELMODEIS (324) numeric is returned.")]
    [Quote(Mode, "Servers MAY also return the RPL_CREATIONTIME (329) numeric following RPL_CHANNELMODEIS.")]
    public async Task Whoever_asks_is_told_the_modes_and_since_when_the_room_is()
    {
        var made = Server.Time.GetUtcNow().ToUnixTimeSeconds();
        var ann = await Server.JoinAsync("Ann");
        Server.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([":parley 324 Ann #room +nt", $":parley 329 Ann #room {made}"], await AskAsync(ann, "MODE #ROOM"));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#regular-channels-", "On most servers, newly-created channels have then protected topic \"+t\" and no external messages \"+n\" modes enabled, but exactly what modes new channels are given is up to the server.")]
    public async Task All_that_is_set_is_told_with_its_arguments()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +imspkl sesame 7");

        Assert.Equal(":parley 324 Ann #room +imnpstkl sesame 7", (await AskAsync(ann, "MODE #room"))[0]);
    }

    [Fact]
    [Quote(Mode, "Servers MAY choose to hide sensitive information such as channel keys when sending the current modes.")]
    public async Task A_key_is_not_told_to_those_outside()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +k sesame");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal(":parley 324 Bob #room +ntk *", (await AskAsync(bob, "MODE #room"))[0]);
    }

    [Theory]
    [InlineData("MODE #nowhere")]
    [InlineData("MODE #nowhere +m")]
    [InlineData("MODE #nowhere b")]
    [InlineData("MODE #no.where")]
    [Quote(Mode, "If <target> is a channel that does not exist on the network, the ERR_NOSUCHCHANNEL (403) numeric is returned.")]
    public async Task There_are_no_modes_without_a_room(string line)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([$":parley 403 Ann {line.Split(' ')[1]} :No such channel"], await AskAsync(ann, line));
    }

    [Fact]
    public async Task A_secret_room_is_none_to_whoever_is_outside()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +s");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 403 Bob #room :No such channel"], await AskAsync(bob, "MODE #room"));
    }

    [Fact]
    public async Task A_mode_needs_a_target()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 461 Ann MODE :Not enough parameters"], await AskAsync(ann, "MODE"));
    }

    [Fact]
    [Quote(Mode, "When the server is done processing the modes, a MODE command is sent to all members of the channel containing the mode changes.")]
    public async Task All_members_see_what_has_changed_in_one_line()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":Ann!~ann@localhost MODE #room +mv-t+k Bob sesame"], await AskAsync(all[0], "MODE #room +mv-t+k bob sesame"));
        Assert.Equal([":Ann!~ann@localhost MODE #room +mv-t+k Bob sesame"], await HeardAsync(all[1]));
    }

    [Theory]
    [InlineData("+n")]
    [InlineData("-m")]
    [InlineData("-k sesame")]
    [InlineData("-l")]
    [InlineData("+o Ann")]
    [InlineData("-v Bob")]
    [InlineData("-b x")]
    public async Task What_changes_nothing_is_told_to_nobody(string modes)
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Empty(await AskAsync(all[0], $"MODE #room {modes}"));
        await all[1].ExpectNothingAsync();
    }

    [Theory]
    [InlineData("+mm", "+m")]
    [InlineData("+m-m+m", "+m-m+m")]
    [InlineData("m", "+m")]
    [InlineData("++--+m", "+m")]
    public async Task Signs_and_repetitions_are_read_as_they_come(string modes, string told)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([$":Ann!~ann@localhost MODE #room {told}"], await AskAsync(ann, $"MODE #room {modes}"));
    }

    [Theory]
    [InlineData("+")]
    [InlineData("-")]
    [InlineData(":")]
    public async Task No_letters_ask_for_nothing(string modes)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Empty(await AskAsync(ann, $"MODE #room {modes}"));
    }

    [Fact]
    [Quote(Mode, "If a user does not have appropriate privileges to change modes on the target channel, the server MUST not process the message, and ERR_CHANOPRIVSNEEDED (482) numeric is returned.")]
    public async Task Only_operators_change_modes_and_others_are_told_once()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "MODE #room +mis-t"));
        await all[0].ExpectNothingAsync();
    }

    [Fact]
    public async Task Whoever_is_outside_changes_nothing()
    {
        var ann = await Server.JoinAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 442 Bob #room :You're not on that channel"], await AskAsync(bob, "MODE #room +mo Bob"));
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task Half_operators_give_voices_and_ban_and_do_no_more()
    {
        var all = await MeetAsync("Ann", "Bob", "Cid");
        await all[0].AskAsync("MODE #room +h Bob");
        await CatchUpAsync(all);

        Assert.Equal([":Bob!~bob@localhost MODE #room +vb Cid x!*@*"], await AskAsync(all[1], "MODE #room +vb Cid x"));
        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "MODE #room +o Bob"));
        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "MODE #room +m"));
        Assert.Equal([":Bob!~bob@localhost MODE #room -h Bob"], await AskAsync(all[1], "MODE #room -h Bob"));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#errunknownmode-472", "Indicates that a mode character used by a client is not recognized by the server.")]
    public async Task A_letter_that_is_no_mode_is_told_once_and_the_others_are_done()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal(
            [":parley 472 Ann Z :is unknown mode char to me", ":Ann!~ann@localhost MODE #room +m"], await AskAsync(ann, "MODE #room +ZmZ"));
    }

    [Theory]
    [InlineData("+k", "k")]
    [InlineData("+l", "l")]
    [InlineData("+o", "o")]
    [InlineData("-v", "v")]
    [Quote(Mode, "If a type B or C mode does not have a parameter when being set, the server MUST ignore that mode.")]
    public async Task A_mode_without_the_argument_it_needs_is_not_set_and_its_setter_is_told(string mode, string letter)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([$":parley 696 Ann #room {letter} * :It needs an argument"], await AskAsync(ann, $"MODE #room {mode}"));
        Assert.Equal(":parley 324 Ann #room +nt", (await AskAsync(ann, "MODE #room"))[0]);
    }

    [Theory]
    [InlineData("+k", "a b")]
    [InlineData("+l", "5 6")]
    [InlineData("+b", "x!*@* y!*@*")]
    [InlineData("+o", "Ann Bob")]
    public async Task An_argument_of_two_words_is_refused_and_changes_nothing(string mode, string argument)
    {
        var ann = (await MeetAsync("Ann", "Bob"))[0];
        await CatchUpAsync([ann]);

        Assert.Equal([$":parley 696 Ann #room {mode[1]} * :An argument is one word"], await AskAsync(ann, $"MODE #room {mode} :{argument}"));
        Assert.Equal(":parley 324 Ann #room +nt", (await AskAsync(ann, "MODE #room"))[0]);
    }

    [Theory]
    [InlineData("+k a,b", "k", "*")]
    [InlineData("+k 123456789012345678901234567890123", "k", "*")]
    [InlineData("+l none", "l", "none")]
    [InlineData("+l 0", "l", "0")]
    [InlineData("+l -3", "l", "-3")]
    [InlineData("+l 99999999999", "l", "99999999999")]
    [InlineData("+b ~x:Ann", "b", "~x:Ann")]
    [InlineData("+b ~a:", "b", "~a:")]
    [Quote("https://modern.ircdocs.horse/#errinvalidmodeparam-696", "Indicates that there was a problem with a mode parameter.")]
    public async Task A_bad_argument_is_told_and_sets_nothing(string modes, string letter, string argument)
    {
        var ann = await Server.JoinAsync("Ann");

        var told = Assert.Single(await ann.AskAsync($"MODE #room {modes}"));
        Assert.Equal(["Ann", "#room", letter, argument], told.Parameters.SkipLast(1));
        Assert.Equal("696", told.Command);
        Assert.Equal(":parley 324 Ann #room +nt", (await AskAsync(ann, "MODE #room"))[0]);
    }

    [Fact]
    public async Task A_room_without_modes_says_so_by_a_plus_alone()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room -nt");

        Assert.Equal(":parley 324 Ann #room +", (await AskAsync(ann, "MODE #room"))[0]);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#key-channel-mode", "This mode letter sets a 'key' that must be supplied in order to join this channel.")]
    public async Task A_key_is_changed_and_taken_off_by_whoever_does_not_know_it()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":Ann!~ann@localhost MODE #room +k one"], await AskAsync(ann, "MODE #room +k one"));
        Assert.Equal([":Ann!~ann@localhost MODE #room +k two"], await AskAsync(ann, "MODE #room +k two"));
        Assert.Equal([":Ann!~ann@localhost MODE #room -k *"], await AskAsync(ann, "MODE #room -k"));
        Assert.Equal(":parley 324 Ann #room +nt", (await AskAsync(ann, "MODE #room"))[0]);
    }

    [Fact]
    [Quote(Mode, "Type C: Modes that change a setting on a channel. These modes MUST have a parameter when being set, and MUST NOT have a parameter when being unset.")]
    public async Task A_limit_is_taken_off_without_a_number_and_is_told_as_one_number()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":Ann!~ann@localhost MODE #room +l 5"], await AskAsync(ann, "MODE #room +l 005"));
        Assert.Equal([":Ann!~ann@localhost MODE #room -l+m"], await AskAsync(ann, "MODE #room -l+m"));
    }

    [Theory]
    [InlineData("Bob", "441", "Bob #room")]
    [InlineData("Nobody", "401", "Nobody")]
    [InlineData("no.body", "401", "no.body")]
    public async Task A_rank_is_given_to_members_only(string nick, string numeric, string whom)
    {
        var ann = await Server.JoinAsync("Ann");
        await Server.RegisterAsync("Bob");

        var told = Assert.Single(await ann.AskAsync($"MODE #room +o {nick}"));
        Assert.Equal(numeric, told.Command);
        Assert.Equal($"Ann {whom}", string.Join(' ', told.Parameters.SkipLast(1)));
    }

    [Theory]
    [InlineData('o', "@")]
    [InlineData('h', "%")]
    [InlineData('v', "+")]
    [Quote("https://modern.ircdocs.horse/#channel-membership-prefixes", "These users are given prefixes before their nickname whenever it is associated with a channel (ie, in NAMES, WHO and WHOIS messages).")]
    public async Task A_rank_shows_before_the_name_and_can_be_taken_back(char letter, string prefix)
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([$":Ann!~ann@localhost MODE #room +{letter} Bob"], await AskAsync(all[0], $"MODE #room +{letter} Bob"));
        Assert.Equal($":parley 353 Ann = #room :@Ann {prefix}Bob", (await AskAsync(all[0], "NAMES #room"))[0]);
        Assert.Equal([$":Ann!~ann@localhost MODE #room -{letter} Bob"], await AskAsync(all[0], $"MODE #room -{letter} Bob"));
        Assert.Equal(":parley 353 Ann = #room :@Ann Bob", (await AskAsync(all[0], "NAMES #room"))[0]);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#moderated-channel-mode", "If this mode is set on a channel, only users who have channel privileges may send messages to that channel.")]
    public async Task In_a_moderated_room_those_with_a_rank_speak()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +m");
        await CatchUpAsync(all);

        Assert.Equal([":parley 404 Bob #room :Cannot send to channel"], await AskAsync(all[1], "PRIVMSG #room :hush"));
        await all[0].AskAsync("MODE #room +v Bob");
        await CatchUpAsync(all);
        Assert.Empty(await AskAsync(all[1], "PRIVMSG #room :thanks"));
        Assert.Equal([":Bob!~bob@localhost PRIVMSG #room :thanks"], await HeardAsync(all[0]));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#no-external-messages-mode", "If this mode is enabled, users MUST be joined to the channel in order to send private messages and notices to the channel.")]
    public async Task From_outside_one_speaks_only_where_that_is_allowed()
    {
        var ann = await Server.JoinAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal("404", Assert.Single(await bob.AskAsync("PRIVMSG #room :let me in")).Command);
        await ann.AskAsync("MODE #room -n");
        Assert.Empty(await AskAsync(bob, "PRIVMSG #room :let me in"));
        Assert.Equal([":Bob!~bob@localhost PRIVMSG #room :let me in"], await HeardAsync(ann));
    }

    [Fact]
    public async Task As_many_arguments_as_are_advertised_are_taken_in_one_line()
    {
        var ann = await Server.JoinAsync("Ann");
        var masks = Enumerable.Range(1, 13).Select(i => $"b{i}");

        var told = Assert.Single(await ann.AskAsync($"MODE #room +{new string('b', 13)} {string.Join(' ', masks)}"));

        Assert.Equal(13, told.Parameters.Count - 2);
    }

    [Fact]
    public async Task What_does_not_fit_into_one_line_as_it_is_shown_takes_several()
    {
        var ann = await Server.JoinAsync("Ann");
        var masks = Enumerable.Range(1, 13).Select(i => $"{new string((char)('a' + i), 34)}").ToArray();

        var told = await ann.AskAsync($"MODE #room +{new string('b', 13)} {string.Join(' ', masks)}");

        Assert.True(told.Count > 1);
        Assert.All(told, line => Assert.True(line.Raw.Length <= 510));
        Assert.Equal(masks.Select(mask => mask + "!*@*"), told.SelectMany(line => line.Parameters.Skip(2)));
    }

    [Fact]
    public async Task Whoever_makes_a_room_is_its_operator_and_comes_back_as_none()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("PART #room");

        Assert.Equal(["Ann", "Bob"], (await all[0].AskAsync("JOIN #room"))[1].Text.Split(' ').Order());
        Assert.Equal("482", Assert.Single(await all[0].AskAsync("MODE #room +m")).Command);
    }

    [Fact]
    public async Task Modes_are_gone_with_the_room()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +imk sesame");
        await ann.AskAsync("PART #room");
        var bob = await Server.JoinAsync("Bob");

        Assert.Equal(":parley 324 Bob #room +nt", (await AskAsync(bob, "MODE #room"))[0]);
    }

    [Fact]
    public async Task Changes_and_complaints_under_one_label_are_one_batch()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: "labeled-response batch");

        var told = await ann.AskAsync("@label=a1 MODE #room +Zmb");

        Assert.Equal(["BATCH", "472", "MODE", "368", "BATCH"], told.Select(line => line.Command));
        Assert.Equal("a1", told[0].Tags["label"]);
        Assert.All(told[1..4], line => Assert.Equal(told[0].Parameters[0][1..], line.Tags["batch"]));
    }
}
