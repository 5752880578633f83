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
        var returning = BackgroundWork.Run(() => back.SignInAsync("Ann")).WaitUntilBlocked();
        hold.Release();
        posting.Result();
        closing.Result();
        Assert.Equal(Verdict.Accepted, returning.Result());
        await back.MustJoinAsync("main");
        await old.SignOutAsync();
        await back.MustPostAsync("main", "back");

        await bob.MustSeeAsync("main| Ann joined", "main| Bob: wait", "main| Ann quit", "main| Ann joined", "main| Ann: back");
        Assert.Equal(Verdict.NameTaken, await _test.NewSession().SignInAsync("Ann"));
    }

    [Fact]
    public async Task Whoever_comes_back_while_the_last_session_of_its_account_ends_is_somebody_new()
    {
        using var hold = new Hold();
        var bob = await TestBroker.SignInAsync("Bob", _test.NewSession(HoldingFlavor.At(hold, "wait")), "main");
        var (old, late) = (_test.NewSession(), _test.NewSession());
        await old.LogInAsync("Ann");
        await old.MustJoinAsync("main");
        var first = old.Session.User!.Id;

        var posting = BackgroundWork.Run(() => bob.PostAsync("main", "wait"));
        hold.WaitUntilReached();
        var closing = BackgroundWork.Run(() => old.SignOutAsync()).WaitUntilBlocked();
        var attaching = BackgroundWork.Run(() => late.LogInAsync("Ann")).WaitUntilBlocked();
        hold.Release();

        posting.Result();
        closing.Result();
        Assert.Equal(Verdict.Accepted, attaching.Result());
        Assert.NotEqual(first, late.Session.User!.Id);
        await bob.MustSeeAsync("main| Ann joined", "main| Bob: wait", "main| Ann quit");
    }

    [Fact]
    public async Task Sessions_of_an_account_that_come_at_the_same_moment_are_one_user()
    {
        for (var round = 0; round < 50; round++)
        {
            var sessions = Enumerable.Range(0, 4).Select(_ => _test.NewSession()).ToArray();

            var verdicts = await Task.WhenAll(sessions.Select(session => Task.Run(() => session.LogInAsync("Ann").AsTask())));

            Assert.All(verdicts, verdict => Assert.Equal(Verdict.Accepted, verdict));
            Assert.Single(sessions.Select(session => session.Session.User!.Id).Distinct());
            await Task.WhenAll(sessions.Select(session => Task.Run(() => session.SignOutAsync().AsTask())));
            Assert.Equal(0, _test.Broker.Census().Users);
        }
    }
}
