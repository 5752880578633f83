using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://modern.ircdocs.horse/#invite-message, https://ircv3.net/specs/extensions/invite-notify</summary>
public sealed class InviteTests : RoomTest
{
    private const string Invite = "https://modern.ircdocs.horse/#invite-message";
    private const string InviteNotify = "https://ircv3.net/specs/extensions/invite-notify";

    [Fact]
    [Quote(Invite, "When the invite is successful, the server MUST send a RPL_INVITING numeric to the command issuer, and an INVITE message, with the issuer as <source>, to the target user.  Other channel members SHOULD NOT be notified.")]
    public async Task Both_are_told_of_an_invitation_and_nobody_else()
    {
        var all = await MeetAsync("Ann", "Bob");
        var cid = await Server.RegisterAsync("Cid");

        Assert.Equal([":parley 341 Ann Cid #room"], await AskAsync(all[0], "INVITE Cid #room"));

        Assert.Equal([":Ann!~ann@localhost INVITE Cid #room"], await HeardAsync(cid));
        await all[1].ExpectNothingAsync();
    }

    [Fact]
    [Quote(InviteNotify, "The invite-notify client capability allows a client to specify that it would like to be notified when users are invited to channels.")]
    public async Task Members_who_want_to_hear_of_invitations_do()
    {
        var all = await MeetAsync(("Ann", "invite-notify"), ("Bob", "invite-notify"), ("Dan", ""));
        await Server.RegisterAsync("Cid");

        Assert.Equal([":parley 341 Ann Cid #room"], await AskAsync(all[0], "INVITE Cid #room"));

        Assert.Equal([":Ann!~ann@localhost INVITE Cid #room"], await HeardAsync(all[1]));
        await all[2].ExpectNothingAsync();
    }

    [Fact]
    [Quote(Invite, "The target channel SHOULD exist (at least one user is on it).  Otherwise, the server SHOULD reject the command with the ERR_NOSUCHCHANNEL numeric.")]
    public async Task Nobody_is_asked_into_no_room()
    {
        var ann = await Server.RegisterAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":parley 403 Ann #nowhere :No such channel"], await AskAsync(ann, "INVITE Bob #nowhere"));
        Assert.Equal([":parley 403 Ann nowhere :No such channel"], await AskAsync(ann, "INVITE Bob nowhere"));
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Invite, "Only members of the channel are allowed to invite other users.  Otherwise, the server MUST reject the command with the ERR_NOTONCHANNEL numeric.")]
    public async Task Only_members_ask_others_in()
    {
        await Server.JoinAsync("Ann");
        var bob = await Server.RegisterAsync("Bob");
        var cid = await Server.RegisterAsync("Cid");

        Assert.Equal([":parley 442 Bob #room :You're not on that channel"], await AskAsync(bob, "INVITE Cid #room"));
        await cid.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Invite, "Servers MAY reject the command with the ERR_CHANOPRIVSNEEDED numeric. In particular, they SHOULD reject it when the channel has invite-only mode set, and the user is not a channel operator.")]
    public async Task Into_an_invite_only_room_only_operators_ask()
    {
        var all = await MeetAsync("Ann", "Bob");
        await Server.RegisterAsync("Cid");

        Assert.Equal([":parley 341 Bob Cid #room"], await AskAsync(all[1], "INVITE Cid #room"));
        await all[0].AskAsync("MODE #room +i");
        await CatchUpAsync(all);
        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "INVITE Cid #room"));
    }

    [Fact]
    [Quote(Invite, "If the user is already on the target channel, the server MUST reject the command with the ERR_USERONCHANNEL numeric.")]
    public async Task Whoever_is_in_is_not_asked_in()
    {
        var all = await MeetAsync("Ann", "Bob");

        Assert.Equal([":parley 443 Ann Bob #room :is already on channel"], await AskAsync(all[0], "INVITE Bob #room"));
        await all[1].ExpectNothingAsync();
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData("no.body")]
    public async Task Whoever_is_not_here_is_not_asked_in(string nick)
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([$":parley 401 Ann {nick} :No such nick/channel"], await AskAsync(ann, $"INVITE {nick} #room"));
    }

    [Fact]
    public async Task An_invitation_needs_a_channel()
    {
        var ann = await Server.JoinAsync("Ann");

        Assert.Equal([":parley 461 Ann INVITE :Not enough parameters"], await AskAsync(ann, "INVITE Bob"));
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#rplinvitelist-336", "Sent to a client as a reply to the INVITE command when used with no parameter, to indicate a channel the client was invited to.")]
    public async Task Whoever_asks_is_told_the_rooms_it_may_come_into_and_has_not()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.AskAsync("JOIN #one,#two,#three");
        var bob = await Server.RegisterAsync("Bob");
        Assert.Equal([":parley 337 Bob :End of /INVITE list"], await AskAsync(bob, "INVITE"));

        await ann.AskAsync("INVITE Bob #two");
        await ann.AskAsync("INVITE Bob #one");
        await CatchUpAsync(bob);
        Assert.Equal([":parley 336 Bob #one", ":parley 336 Bob #two", ":parley 337 Bob :End of /INVITE list"], await AskAsync(bob, "INVITE"));

        await bob.AskAsync("JOIN #two");
        Assert.Equal([":parley 336 Bob #one", ":parley 337 Bob :End of /INVITE list"], await AskAsync(bob, "INVITE"));
    }

    [Theory]
    [InlineData("+i")]
    [InlineData("+k sesame")]
    [InlineData("+l 1")]
    [InlineData("+b *!*@*")]
    [InlineData("+iklb sesame 1 cid")]
    public async Task Whoever_an_operator_asks_in_may_come_whatever_the_modes_are_once(string modes)
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync($"MODE #room {modes}");
        var cid = await Server.RegisterAsync("Cid");
        Assert.DoesNotContain(await cid.AskAsync("JOIN #room"), line => line.Command == "JOIN");

        await ann.AskAsync("INVITE Cid #room");
        Assert.Contains(await cid.AskAsync("JOIN #room"), line => line.Command == "JOIN");
        await cid.AskAsync("PART #room");
        Assert.DoesNotContain(await cid.AskAsync("JOIN #room"), line => line.Command == "JOIN");
    }

    [Fact]
    public async Task Operators_list_invitations_and_take_them_back()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +i");
        var cid = await Server.RegisterAsync("Cid");
        await all[0].AskAsync("INVITE Cid #room");
        await CatchUpAsync([.. all, cid]);

        Assert.Equal(
            [":parley NOTE INVITE INVITED #room Cid :Asked in by Ann", ":parley NOTE INVITE END_OF_INVITED #room :End of those who are asked in"],
            await AskAsync(all[0], "INVITE #room"));
        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "INVITE #room"));
        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], await AskAsync(all[1], "UNINVITE Cid #room"));
        Assert.Equal([":parley 461 Ann UNINVITE :Not enough parameters"], await AskAsync(all[0], "UNINVITE Cid"));
        Assert.Equal([":parley 505 Ann Dan #room :Is not invited to the channel"], await AskAsync(all[0], "UNINVITE Dan #room"));
        Assert.Equal([":parley 403 Ann #nowhere :No such channel"], await AskAsync(all[0], "UNINVITE Cid #nowhere"));
        Assert.Equal([":parley 494 Ann Cid #room :The invitation is taken back"], await AskAsync(all[0], "UNINVITE Cid #room"));

        Assert.Equal([":parley NOTE INVITE END_OF_INVITED #room :Nobody is asked in"], await AskAsync(all[0], "INVITE #room"));
        Assert.Equal("473", Assert.Single(await cid.AskAsync("JOIN #room")).Command);
        await all[1].ExpectNothingAsync();
    }

    [Fact]
    public async Task What_a_member_without_a_rank_asks_opens_no_door()
    {
        var all = await MeetAsync("Ann", "Bob");
        await all[0].AskAsync("MODE #room +k sesame");
        var cid = await Server.RegisterAsync("Cid");

        await all[1].AskAsync("INVITE Cid #room");

        Assert.Equal("INVITE", Assert.Single(await cid.SyncAsync()).Command);
        Assert.Equal("475", Assert.Single(await cid.AskAsync("JOIN #room")).Command);
    }

    [Fact]
    public async Task An_invitation_goes_with_its_user_and_not_with_the_nick()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +i");
        var bob = await Server.RegisterAsync("Bob");
        await ann.AskAsync("INVITE Bob #room");
        await bob.AskAsync("NICK Robert");
        var thief = await Server.RegisterAsync("Bob");

        Assert.Equal("473", Assert.Single(await thief.AskAsync("JOIN #room")).Command);
        Assert.Contains(await bob.AskAsync("JOIN #room"), line => line.Command == "JOIN");
    }

    [Fact]
    public async Task Somebody_on_lines_is_asked_in_too()
    {
        var ann = await Server.JoinAsync("Ann");
        await ann.AskAsync("MODE #room +i");
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync("/join room");
        await lena.ExpectAsync("room is by invitation only");

        Assert.Equal([":parley 341 Ann Lena #room"], await AskAsync(ann, "INVITE Lena #room"));

        await lena.ExpectAsync("Ann asks you into room, /join room");
        await lena.SendLineAsync("/join room");
        await lena.ExpectAsync("You joined room");
        Assert.Equal([":Lena!lines@localhost JOIN #room"], await HeardAsync(ann));
    }

    [Fact]
    public async Task The_answer_carries_the_label()
    {
        var ann = await Server.JoinAsync("Ann", capabilities: "labeled-response batch invite-notify");
        await Server.RegisterAsync("Bob");

        var told = Assert.Single(await ann.AskAsync("@label=a1 INVITE Bob #room"));
        Assert.Equal(("341", "a1"), (told.Command, told.Tags["label"]));
    }
}
