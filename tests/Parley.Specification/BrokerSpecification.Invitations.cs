using Parley.Core.Events;
using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task Whoever_an_operator_asks_in_is_told_and_may_come_whatever_the_modes_are()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.MustSetAsync("main", RoomMode.Key, "sesame");
        await ann.MustSetAsync("main", RoomMode.Limit, "1");
        await ann.MustSetAsync("main", RoomMode.Ban, "bob!*@*");
        Assert.Equal(Verdict.Banned, await bob.JoinAsync("main"));

        Assert.Equal(Verdict.Accepted, await ann.InviteAsync("main", "bob"));

        await bob.MustSeeAsync("Ann asks you into main");
        Assert.Equal(["main"], await bob.InvitationsAsync());
        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("main"));
    }

    [Fact]
    public async Task Whoever_is_banned_since_it_was_asked_in_stays_out_and_others_do_not()
    {
        var ann = await SignInAsync("Ann", "main");
        var (bob, cyd) = (await SignInAsync("Bob"), await SignInAsync("Cyd"));
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.InviteAsync("main", "Bob");
        await ann.InviteAsync("main", "Cyd");

        await ann.MustSetAsync("main", RoomMode.Ban, "bob!*@*");

        Assert.Equal(Verdict.Banned, await bob.JoinAsync("main"));
        Assert.Equal(Verdict.Accepted, await cyd.JoinAsync("main"));
    }

    [Theory]
    [InlineData("kick")]
    [InlineData("ban")]
    [InlineData("rank")]
    public async Task The_invitations_of_whoever_has_lost_its_power_are_over_and_those_of_others_are_not(string way)
    {
        var ann = await SignInAsync("Ann", "main");
        var eve = await SignInAsync("Eve", "main");
        var (bob, cyd) = (await SignInAsync("Bob"), await SignInAsync("Cyd"));
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Eve");
        Assert.Equal(Verdict.Accepted, await eve.InviteAsync("main", "Bob"));
        Assert.Equal(Verdict.Accepted, await ann.InviteAsync("main", "Cyd"));
        Assert.Equal("Bob by Eve, Cyd by Ann", await ann.GuestsAsync("main"));

        switch (way)
        {
            case "kick":
                await ann.KickAsync("main", "Eve");
                break;
            case "ban":
                await ann.MustSetAsync("main", RoomMode.Ban, "eve!*@*");
                break;
            default:
                await ann.ChangeModesAsync("main", new RoomModeChange(IsAdding: false, RoomMode.HalfOperator, "Eve"));
                break;
        }

        Assert.Equal("Cyd by Ann", await ann.GuestsAsync("main"));
        Assert.Empty(await bob.InvitationsAsync());
        Assert.Equal(Verdict.InviteOnly, await bob.JoinAsync("main"));
        Assert.Equal(Verdict.Accepted, await cyd.JoinAsync("main"));
    }

    [Theory]
    [InlineData("leave")]
    [InlineData("quit")]
    [InlineData("rename")]
    [InlineData("return")]
    public async Task An_invitation_outlasts_the_stay_and_the_name_of_whoever_gave_it(string way)
    {
        var ann = await SignInAsync("Ann", "main");
        var eve = await SignInAsync("Eve", "main");
        var bob = await SignInAsync("Bob");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.MustSetAsync("main", RoomMode.Operator, "Eve");
        await eve.InviteAsync("main", "Bob");

        await (way switch
        {
            "leave" => eve.LeaveAsync("main").AsTask(),
            "quit" => eve.SignOutAsync().AsTask(),
            "return" => ReturnAsync(),
            _ => eve.RenameAsync("Eva").AsTask(),
        });

        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("main"));

        async Task ReturnAsync()
        {
            await eve.LeaveAsync("main");
            await ann.InviteAsync("main", "Eve");
            Assert.Equal(Verdict.Accepted, await eve.JoinAsync("main"));
            await ann.MustSetAsync("main", RoomMode.Voice, "Eve");
        }
    }

    [Fact]
    public async Task Operators_see_who_is_asked_in_and_take_it_back()
    {
        var ann = await SignInAsync("Ann", "main");
        var eve = await SignInAsync("Eve", "main");
        var (bob, cyd) = (await SignInAsync("Bob"), await SignInAsync("Cyd"));
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.InviteAsync("main", "Bob");
        await ann.InviteAsync("main", "Cyd");
        await cyd.RenameAsync("Zoe");

        Assert.Equal("hidden", await eve.GuestsAsync("main"));
        Assert.Equal("hidden", await bob.GuestsAsync("main"));
        Assert.Equal(Verdict.NotOperator, await eve.WithdrawInvitationAsync("main", "Bob"));
        Assert.Equal(Verdict.NotInRoom, await bob.WithdrawInvitationAsync("main", "Bob"));
        Assert.Equal(Verdict.NotInvited, await ann.WithdrawInvitationAsync("main", "Eve"));
        Assert.Equal(Verdict.NoSuchRoom, await ann.WithdrawInvitationAsync("nowhere", "Bob"));

        // By the name of then, and by that of now.
        Assert.Equal(Verdict.Accepted, await ann.WithdrawInvitationAsync("main", "BOB"));
        Assert.Equal("Cyd by Ann", await ann.GuestsAsync("main"));
        Assert.Equal(Verdict.Accepted, await ann.WithdrawInvitationAsync("main", "Zoe"));

        Assert.Equal("", await ann.GuestsAsync("main"));
        Assert.Equal(Verdict.InviteOnly, await bob.JoinAsync("main"));
        Assert.Equal(Verdict.InviteOnly, await cyd.JoinAsync("main"));
        Assert.Equal(Verdict.NotInvited, await ann.WithdrawInvitationAsync("main", "Bob"));
    }

    [Theory]
    [InlineData("bob!*@*")]
    [InlineData("~q:bob!*@*")]
    public async Task Whoever_may_say_nothing_asks_nobody_in(string mask)
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await SignInAsync("Cyd");
        Assert.Equal(Verdict.Accepted, await bob.InviteAsync("main", "Cyd"));

        await ann.MustSetAsync("main", RoomMode.Ban, mask);

        Assert.Equal(Verdict.MaySayNothing, await bob.InviteAsync("main", "Cyd"));
        Assert.Equal(Verdict.Accepted, await ann.InviteAsync("main", "Cyd"));
    }

    [Fact]
    public async Task An_invitation_is_good_for_one_time()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.InviteAsync("main", "Bob");
        await bob.JoinAsync("main");
        await bob.LeaveAsync("main");

        Assert.Equal(Verdict.InviteOnly, await bob.JoinAsync("main"));
        Assert.Empty(await bob.InvitationsAsync());
    }

    [Fact]
    public async Task An_invitation_goes_with_its_user_and_not_with_the_name()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.InviteAsync("main", "Bob");
        await bob.RenameAsync("Robert");
        var thief = await SignInAsync("Bob");

        Assert.Equal(Verdict.InviteOnly, await thief.JoinAsync("main"));
        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("main"));
    }

    [Fact]
    public async Task An_invitation_is_no_way_past_a_ban_that_was_about_nobody_when_it_was_given()
    {
        var ann = await SignInAsync("Ann", "main");
        var (bob, cyd, dan) = (await SignInAsync("Bob"), await SignInAsync("Cyd"), await SignInAsync("Dan"));
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.MustSetAsync("main", RoomMode.Ban, "zed!*@*");
        await ann.MustSetAsync("main", RoomMode.Ban, "cyd!*@*");
        await ann.InviteAsync("main", "Bob");
        await ann.InviteAsync("main", "Cyd");
        await ann.InviteAsync("main", "Dan");

        await bob.RenameAsync("Zed");
        Assert.Equal(Verdict.Banned, await bob.JoinAsync("main"));
        await bob.RenameAsync("Zoe");
        await ann.MustSetAsync("main", RoomMode.Ban, "zoe!*@*");
        Assert.Equal(Verdict.Banned, await bob.JoinAsync("main"));

        // Whoever was banned when it was asked in comes, and so does whoever no ban is about.
        Assert.Equal(Verdict.Accepted, await cyd.JoinAsync("main"));
        Assert.Equal(Verdict.Accepted, await dan.JoinAsync("main"));
    }

    [Fact]
    public async Task What_a_member_without_a_rank_asks_opens_no_door()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd");
        await ann.MustSetAsync("main", RoomMode.Key, "sesame");

        Assert.Equal(Verdict.Accepted, await bob.InviteAsync("main", "Cyd"));

        await cyd.MustSeeAsync("Bob asks you into main");
        Assert.Empty(await cyd.InvitationsAsync());
        Assert.Equal(Verdict.WrongKey, await cyd.JoinAsync("main"));
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        Assert.Equal(Verdict.NotOperator, await bob.InviteAsync("main", "Cyd"));
    }

    [Fact]
    public async Task Members_hear_that_somebody_was_asked_in()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await SignInAsync("Cyd");

        await ann.InviteAsync("main", "Cyd");
        await bob.InviteAsync("main", "Cyd");

        await bob.MustSeeAsync("main| Ann asked Cyd in", "main| Bob asked Cyd in, for what it is worth");
    }

    [Fact]
    public async Task Who_may_not_ask_is_told_why()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob");

        Assert.Equal(Verdict.NotInRoom, await bob.InviteAsync("main", "Ann"));
        Assert.Equal(Verdict.NoSuchRoom, await bob.InviteAsync("nowhere", "Ann"));
        Assert.Equal(Verdict.NotHere, await ann.InviteAsync("main", "Nobody"));
        Assert.Equal(Verdict.AlreadyInRoom, await ann.InviteAsync("main", "Ann"));
        Assert.Empty(bob.Waiting());
    }

    [Fact]
    public async Task An_invitation_is_gone_with_the_room()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob");
        await ann.InviteAsync("main", "Bob");

        await ann.LeaveAsync("main");

        Assert.Empty(await bob.InvitationsAsync());
    }

    [Fact]
    public async Task Whoever_a_mask_of_the_room_is_about_needs_no_invitation()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob");
        var cyd = await SignInAsync("Cyd");
        await ann.MustSetAsync("main", RoomMode.InviteOnly);
        await ann.MustSetAsync("main", RoomMode.InviteException, "BOB!*@*");

        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("main"));
        Assert.Equal(Verdict.InviteOnly, await cyd.JoinAsync("main"));
    }

    [Fact]
    public async Task Moving_leaves_one_room_for_another()
    {
        var ann = await SignInAsync("Ann", "old");
        var cyd = await SignInAsync("Cyd", "new");
        var bob = await SignInAsync("Bob", "old");

        Assert.Equal(Verdict.Accepted, await bob.MoveAsync("old", "new"));
        await ann.MustPostAsync("old", "1");
        await cyd.MustPostAsync("new", "2");

        await ann.MustSeeAsync("old| Bob joined", "old| Bob left", "old| Ann: 1");
        await cyd.MustSeeAsync("new| Bob joined", "new| Cyd: 2");
        await bob.MustSeeAsync("new| welcome Bob", "new| Cyd: 2");
        await bob.ReachedAsync();
        Assert.Equal(["new"], bob.Session.Rooms.Select(room => room.Value));
    }

    [Fact]
    public async Task Whoever_is_not_let_in_stays_where_it_is_and_what_it_is()
    {
        var ann = await SignInAsync("Ann", "new");
        var bob = await SignInAsync("Bob", "old");
        await ann.MustSetAsync("new", RoomMode.Key, "sesame");

        Assert.Equal(Verdict.WrongKey, await bob.MoveAsync("old", "new"));
        Assert.Equal(["Bob Operator"], await RanksAsync("old"));
        Assert.Equal(Verdict.AlreadyInRoom, await bob.MoveAsync("old", "OLD"));
        Assert.Equal(Verdict.Accepted, await bob.MoveAsync("old", "new", "sesame"));
        Assert.Equal(["new (2)"], await RoomsAsync());
    }
}
