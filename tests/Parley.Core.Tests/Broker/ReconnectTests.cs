using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

public sealed class ReconnectTests
{
    private readonly TestBroker _test = new();

    [Fact]
    public async Task The_clean_up_of_an_old_connection_cannot_undo_a_new_one_under_the_same_name()
    {
        using var hold = new Hold();
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(HoldingFlavor.At(hold, "wait")), "main");
        var old = await _test.SignInAsync("Ann", "main");
        var back = _test.NewSession();

        var posting = BackgroundWork.Run(() => bob.PostAsync("main", "wait"));
        hold.WaitUntilReached();
        var closing = BackgroundWork.Run(() => old.SignOutAsync()).WaitUntilBlocked();
        Assert.Equal(Verdict.NameTaken, await back.SignInAsync("Ann"));
        hold.Release();
        posting.Result();
        closing.Result();
        await back.MustSignInAsync("Ann");
        await back.MustJoinAsync("main");
        await old.SignOutAsync();
        await back.MustPostAsync("main", "back");

        await bob.MustSeeAsync("main| Ann joined", "main| Bob: wait", "main| Ann quit", "main| Ann joined", "main| Ann: back");
        Assert.Equal(Verdict.NameTaken, await _test.NewSession().SignInAsync("Ann"));
    }

    [Fact]
    public async Task Nobody_is_attached_to_a_user_whose_last_session_is_ending()
    {
        using var hold = new Hold();
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(HoldingFlavor.At(hold, "wait")), "main");
        var old = await _test.SignInAsync("Ann", "main");
        var late = _test.NewSession();

        var posting = BackgroundWork.Run(() => bob.PostAsync("main", "wait"));
        hold.WaitUntilReached();
        var closing = BackgroundWork.Run(() => old.SignOutAsync()).WaitUntilBlocked();
        var attaching = BackgroundWork.Run(() => late.AttachAsync("Ann")).WaitUntilBlocked();
        hold.Release();

        posting.Result();
        closing.Result();
        Assert.Equal(Verdict.NotHere, attaching.Result());
        Assert.Null(late.Session.User);
        await late.MustSignInAsync("Ann");
    }
}
