using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

/// <summary>A kick that meets another way out: the room is left exactly once, whichever comes first.</summary>
public sealed class KickRaceTests
{
    private readonly TestBroker _test = new();

    [Fact]
    public async Task A_leave_that_comes_while_its_user_is_kicked_finds_it_gone()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(new HoldingFlavor(hold, entry => entry is MemberKicked)), "main");

        var kicking = BackgroundWork.Run(() => ann.KickAsync("main", "Bob"));
        hold.WaitUntilReached();
        var leaving = BackgroundWork.Run(() => bob.LeaveAsync("main")).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, kicking.Result());
        Assert.Equal(Verdict.NotInRoom, leaving.Result());
        await MustHaveSeenAsync(ann, "main| Bob joined", "main| Ann kicked Bob");
    }

    [Fact]
    public async Task A_kick_that_comes_while_its_user_leaves_finds_it_gone()
    {
        using var hold = new Hold();
        var ann = await TestBroker.SignInAsync("Ann", _test.NewSession(new HoldingFlavor(hold, entry => entry is UserLeft)), "main");
        var bob = await _test.SignInAsync("Bob", "main");

        var leaving = BackgroundWork.Run(() => bob.LeaveAsync("main"));
        hold.WaitUntilReached();
        var kicking = BackgroundWork.Run(() => ann.KickAsync("main", "Bob")).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, leaving.Result());
        Assert.Equal(Verdict.TargetNotInRoom, kicking.Result());
        await MustHaveSeenAsync(ann, "main| Bob joined", "main| Bob left");
    }

    [Fact]
    public async Task A_quit_that_comes_while_its_user_is_kicked_is_told_to_the_other_rooms_only()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var cyd = await _test.SignInAsync("Cyd", "other");
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(new HoldingFlavor(hold, entry => entry is MemberKicked)), "main", "other");

        var kicking = BackgroundWork.Run(() => ann.KickAsync("main", "Bob"));
        hold.WaitUntilReached();
        var quitting = BackgroundWork.Run(() => bob.SignOutAsync()).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, kicking.Result());
        quitting.Result();
        await cyd.MustSeeAsync("other| Bob joined", "other| Bob quit");
        await MustHaveSeenAsync(ann, "main| Bob joined", "main| Ann kicked Bob");
    }

    [Fact]
    public async Task A_kick_that_comes_while_its_user_quits_finds_nobody()
    {
        using var hold = new Hold();
        var ann = await TestBroker.SignInAsync("Ann", _test.NewSession(new HoldingFlavor(hold, entry => entry is UserQuit)), "main");
        var bob = await _test.SignInAsync("Bob", "main");

        var quitting = BackgroundWork.Run(() => bob.SignOutAsync());
        hold.WaitUntilReached();
        var kicking = BackgroundWork.Run(() => ann.KickAsync("main", "Bob")).WaitUntilBlocked();
        hold.Release();

        quitting.Result();
        Assert.Equal(Verdict.TargetNotInRoom, kicking.Result());
        await MustHaveSeenAsync(ann, "main| Bob joined", "main| Bob quit");
    }

    [Fact]
    public async Task A_post_that_comes_while_its_author_is_kicked_is_refused_and_shown_to_nobody()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(new HoldingFlavor(hold, entry => entry is MemberKicked)), "main");

        var kicking = BackgroundWork.Run(() => ann.KickAsync("main", "Bob"));
        hold.WaitUntilReached();
        var posting = BackgroundWork.Run(() => bob.PostAsync("main", "but")).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, kicking.Result());
        Assert.Equal(Verdict.NotInRoom, posting.Result());
        await MustHaveSeenAsync(ann, "main| Bob joined", "main| Ann kicked Bob");
        Assert.Equal(["main| Ann kicked Bob"], bob.Waiting());
    }

    [Fact]
    public async Task What_is_said_right_behind_a_kick_is_not_shown_to_whoever_was_kicked()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var cyd = await _test.SignInAsync("Cyd", "main");
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(new HoldingFlavor(hold, entry => entry is MemberKicked)), "main");

        var kicking = BackgroundWork.Run(() => ann.KickAsync("main", "Bob"));
        hold.WaitUntilReached();
        var posting = BackgroundWork.Run(() => cyd.PostAsync("main", "at last")).WaitUntilBlocked();
        hold.Release();

        kicking.Result();
        Assert.Equal(Verdict.Accepted, posting.Result());
        await cyd.MustSeeAsync("main| Bob joined", "main| Ann kicked Bob", "main| Cyd: at last");
        Assert.Equal(["main| Ann kicked Bob"], bob.Waiting());
    }

    [Fact]
    public async Task Of_two_who_kick_the_same_member_one_is_late()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        var cyd = await _test.SignInAsync("Cyd", "main");
        await ann.MustSetAsync("main", Core.Events.RoomMode.Operator, "Cyd");
        await TestBroker.SignInAsync("Bob", _test.NewSession(new HoldingFlavor(hold, entry => entry is MemberKicked)), "main");

        var first = BackgroundWork.Run(() => ann.KickAsync("main", "Bob"));
        hold.WaitUntilReached();
        var second = BackgroundWork.Run(() => cyd.KickAsync("main", "Bob")).WaitUntilBlocked();
        hold.Release();

        Assert.Equal((Verdict.Accepted, Verdict.TargetNotInRoom), (first.Result(), second.Result()));
    }

    [Fact]
    public async Task Two_operators_who_kick_each_other_at_once_never_wait_for_each_other()
    {
        for (var round = 0; round < 200; round++)
        {
            var ann = await _test.SignInAsync($"Ann{round}", "main");
            var bob = await _test.SignInAsync($"Bob{round}", "main");
            await ann.MustSetAsync("main", Core.Events.RoomMode.Operator, $"Bob{round}");

            var verdicts = await Task.WhenAll(
                Task.Run(() => ann.KickAsync("main", $"Bob{round}").AsTask()),
                Task.Run(() => bob.KickAsync("main", $"Ann{round}").AsTask()));

            Assert.Single(verdicts, verdict => verdict == Verdict.Accepted);
            await ann.LeaveAsync("main");
            await bob.LeaveAsync("main");
            Assert.Empty(await _test.RoomsAsync());
        }
    }

    private static async Task MustHaveSeenAsync(Specification.TestSession ann, params string[] lines)
    {
        await ann.MustPostAsync("main", "end");
        await ann.MustSeeAsync([.. lines, "main| Ann: end"]);
    }
}
