using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

/// <summary>Invariant 3: a name is free again the moment its user is gone or renamed, whichever comes first.</summary>
public sealed class RenameAgainstDisconnectTests
{
    private readonly TestBroker _test = new();

    [Fact]
    public async Task A_disconnect_in_the_middle_of_a_rename_leaves_both_names_free()
    {
        using var hold = new Hold();
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(new HoldingFlavor(hold, entry => entry is UserRenamed)), "main");
        var ann = await _test.SignInAsync("Ann", "main");

        var renaming = BackgroundWork.Run(() => ann.RenameAsync("Eve"));
        hold.WaitUntilReached();
        var leaving = BackgroundWork.Run(() => ann.SignOutAsync()).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, renaming.Result());
        leaving.Result();
        await bob.MustSeeAsync("main| Ann joined", "main| Ann is now Eve", "main| Eve quit");
        await BothNamesMustBeFreeAsync();
    }

    [Fact]
    public async Task A_rename_in_the_middle_of_a_disconnect_is_refused_and_leaves_both_names_free()
    {
        using var hold = new Hold();
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(HoldingFlavor.At(hold, "wait")), "main");
        var ann = await _test.SignInAsync("Ann", "main");

        var posting = BackgroundWork.Run(() => bob.PostAsync("main", "wait"));
        hold.WaitUntilReached();
        var leaving = BackgroundWork.Run(() => ann.SignOutAsync()).WaitUntilBlocked();
        var renaming = BackgroundWork.Run(() => ann.RenameAsync("Eve")).WaitUntilBlocked();
        hold.Release();

        posting.Result();
        leaving.Result();
        Assert.Equal(Verdict.SignedOut, renaming.Result());
        await bob.MustSeeAsync("main| Ann joined", "main| Bob: wait", "main| Ann quit");
        await BothNamesMustBeFreeAsync();
    }

    [Fact]
    public async Task Whoever_is_shown_that_a_name_is_left_may_have_it()
    {
        using var hold = new Hold();
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(new HoldingFlavor(hold, entry => entry is UserRenamed)), "main");
        var cyd = await _test.SignInAsync("Cyd");
        var ann = await _test.SignInAsync("Ann", "main");

        var renaming = BackgroundWork.Run(() => ann.RenameAsync("Eve"));
        hold.WaitUntilReached();
        var claiming = BackgroundWork.Run(() => cyd.RenameAsync("ann")).WaitUntilBlocked();
        var arriving = BackgroundWork.Run(() => _test.NewSession().SignInAsync("ANN")).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, renaming.Result());
        Assert.Equivalent(new[] { Verdict.Accepted, Verdict.NameTaken }, new[] { claiming.Result(), arriving.Result() });
        await bob.MustSeeAsync("main| Ann joined", "main| Ann is now Eve");
    }

    [Fact]
    public async Task Whoever_is_shown_that_a_user_quits_may_have_its_name()
    {
        using var hold = new Hold();
        await TestBroker.SignInAsync("Bob", _test.NewSession(new HoldingFlavor(hold, entry => entry is UserQuit)), "main");
        var ann = await _test.SignInAsync("Ann", "main");

        var leaving = BackgroundWork.Run(() => ann.SignOutAsync());
        hold.WaitUntilReached();
        var arriving = BackgroundWork.Run(() => _test.NewSession().SignInAsync("Ann")).WaitUntilBlocked();
        hold.Release();

        leaving.Result();
        Assert.Equal(Verdict.Accepted, arriving.Result());
    }

    private async Task BothNamesMustBeFreeAsync()
    {
        Assert.Equal(["main (1)"], await _test.RoomsAsync());
        Assert.Equal(Verdict.Accepted, await _test.NewSession().SignInAsync("Ann"));
        Assert.Equal(Verdict.Accepted, await _test.NewSession().SignInAsync("Eve"));
    }
}
