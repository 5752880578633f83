using Parley.Core.Events;
using Parley.Core.Intentions;
using Xunit;

namespace Parley.Specification;

public abstract partial class BrokerSpecification
{
    [Fact]
    public async Task A_kick_is_the_last_that_its_target_sees_of_the_room()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main", "other");

        Assert.Equal(Verdict.Accepted, await ann.KickAsync("main", "BOB", "enough"));
        await ann.MustPostAsync("main", "so");
        await bob.MustPostAsync("other", "end");

        await ann.MustSeeAsync("main| Bob joined", "main| Ann kicked Bob (enough)", "main| Ann: so");
        await bob.MustSeeAsync("main| Ann kicked Bob (enough)", "other| Bob: end");
        Assert.Equal(["Ann"], await MembersAsync("main"));
        await bob.ReachedAsync();
        Assert.Equal(["other"], bob.Session.Rooms.Select(room => room.Value));
        Assert.Equal(Verdict.NotInRoom, await bob.PostAsync("main", "x"));
    }

    [Fact]
    public async Task Whoever_was_kicked_may_come_back_as_a_member_like_any_other()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        await ann.MustSetAsync("main", RoomMode.Voice, "Bob");
        await ann.KickAsync("main", "Bob");

        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("main"));

        Assert.Equal(["Ann Operator", "Bob None"], await RanksAsync("main"));
    }

    [Fact]
    public async Task A_kick_takes_all_sessions_of_its_target_out()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await LogInAsync("Bob", "main");
        var phone = await LogInAsync("Bob", "main");

        await ann.KickAsync("main", "Bob");

        await bob.MustSeeAsync("main| Ann kicked Bob");
        await phone.MustSeeAsync("main| Ann kicked Bob");
        await bob.ReachedAsync();
        await phone.ReachedAsync();
        Assert.Empty(bob.Session.Rooms);
        Assert.Empty(phone.Session.Rooms);
        Assert.Equal(["Ann"], await MembersAsync("main"));
    }

    [Fact]
    public async Task Only_operators_kick_and_half_operators_only_those_below_them()
    {
        var ann = await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd", "main");
        var dan = await SignInAsync("Dan");

        Assert.Equal(Verdict.NotOperator, await bob.KickAsync("main", "Cyd"));
        Assert.Equal(Verdict.NotInRoom, await dan.KickAsync("main", "Cyd"));
        Assert.Equal(Verdict.NoSuchRoom, await ann.KickAsync("nowhere", "Cyd"));
        Assert.Equal(Verdict.TargetNotInRoom, await ann.KickAsync("main", "Dan"));
        Assert.Equal(Verdict.NotHere, await ann.KickAsync("main", "Nobody"));

        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Bob");
        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Cyd");
        Assert.Equal(Verdict.NotOperator, await bob.KickAsync("main", "Ann"));
        Assert.Equal(Verdict.NotOperator, await bob.KickAsync("main", "Cyd"));
        await ann.MustSetAsync("main", RoomMode.HalfOperator, "Cyd", isAdding: false);
        await ann.MustSetAsync("main", RoomMode.Voice, "Cyd");
        Assert.Equal(Verdict.Accepted, await bob.KickAsync("main", "Cyd"));
        Assert.Equal(["Ann", "Bob"], await MembersAsync("main"));
        await cyd.ReachedAsync();
        Assert.Empty(cyd.Session.Rooms);
    }

    [Fact]
    public async Task Whoever_may_kick_nobody_is_not_told_who_is_in()
    {
        await SignInAsync("Ann", "main");
        var bob = await SignInAsync("Bob", "main");
        var cyd = await SignInAsync("Cyd");

        Assert.Equal(Verdict.NotInRoom, await cyd.KickAsync("main", "Bob"));
        Assert.Equal(Verdict.NotInRoom, await cyd.KickAsync("main", "Nobody"));
        Assert.Equal(Verdict.NotOperator, await bob.KickAsync("main", "Cyd"));
    }

    [Fact]
    public async Task Whoever_kicks_itself_as_the_last_one_leaves_no_room_behind()
    {
        var ann = await SignInAsync("Ann", "main");

        Assert.Equal(Verdict.Accepted, await ann.KickAsync("main", "Ann"));
        await ann.JoinAsync("MAIN");

        await ann.MustSeeAsync("main| Ann kicked Ann", "MAIN| welcome Ann");
        Assert.Equal(["MAIN (1)"], await RoomsAsync());
        Assert.Equal(["Ann Operator"], await RanksAsync("main"));
    }

    [Fact]
    public async Task An_operator_of_the_server_may_kick_from_outside()
    {
        var ann = await SignInAsync("Ann", "main");
        var root = await SignInAsync("Root");
        await root.UpdateAsync(new UserProfile { Rights = ServerRights.All });

        Assert.Equal(Verdict.Accepted, await root.KickAsync("main", "Ann"));

        await ann.MustSeeAsync("main| Root kicked Ann");
        Assert.Empty(await RoomsAsync());
    }
}
