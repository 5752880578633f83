using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Rooms;

/// <summary>Invariant 4: a join that races with the last leave never lands in an orphan.</summary>
public sealed class JoinAgainstLastLeaveTests
{
    [Fact]
    public async Task A_join_that_has_found_a_room_which_then_closes_lands_in_a_new_one()
    {
        using var hold = new Hold();
        var test = new TestBroker();
        var ann = await test.SignInAsync("Ann", "rust");
        var cyd = await test.SignInAsync("Cyd", "main");
        var bob = await TestBroker.SignInAsync("Bob", test.NewSession(HoldingFlavor.At(hold, "wait")), "main");

        // While Cyd's message holds the gate of main, Bob has found rust and stands before it: on the way in, it is
        // given what main has said.
        var posting = BackgroundWork.Run(() => cyd.PostAsync("main", "wait"));
        hold.WaitUntilReached();
        var joining = BackgroundWork.Run(() => bob.JoinAsync("rust")).WaitUntilBlocked();
        Assert.Equal(Verdict.Accepted, await ann.LeaveAsync("rust"));
        hold.Release();

        Assert.Equal(Verdict.Accepted, posting.Result());
        Assert.Equal(Verdict.Accepted, joining.Result());
        Assert.Equal(["main (2)", "rust (1)"], await test.RoomsAsync());
        var dan = await test.SignInAsync("Dan", "rust");
        await dan.MustPostAsync("rust", "hi");
        await bob.MustSeeAsync("main| Cyd: wait", "rust| welcome Bob", "rust| Dan joined", "rust| Dan: hi");
    }

    [Fact]
    public async Task A_last_leave_that_comes_after_a_join_leaves_the_room_to_the_joiner()
    {
        using var hold = new Hold();
        var test = new TestBroker();
        var ann = await TestBroker.SignInAsync("Ann", test.NewSession(new HoldingFlavor(hold, entry => entry is Core.Events.UserJoined)), "rust");
        var bob = await test.SignInAsync("Bob");

        var joining = BackgroundWork.Run(() => bob.JoinAsync("rust"));
        hold.WaitUntilReached();
        var leaving = BackgroundWork.Run(() => ann.LeaveAsync("rust")).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, joining.Result());
        Assert.Equal(Verdict.Accepted, leaving.Result());
        Assert.Equal(["rust (1)"], await test.RoomsAsync());
        await bob.MustSeeAsync("rust| welcome Bob", "rust| Ann left");
        await ann.MustSeeAsync("rust| Bob joined");
    }
}
