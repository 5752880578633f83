using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>What a home decides while the link to a node is broken, or is heard by nobody, stays decided.</summary>
public sealed class RelinkTests : IAsyncDisposable
{
    private readonly FailingCluster _cluster = new(nodes: 2);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Whom_the_home_has_told_to_end_does_nothing_more_though_its_node_has_not_heard_it()
    {
        var (ann, bob, cyd) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"), await _cluster.SignInAsync(1, "Cyd"));
        foreach (var session in (TestSession[])[ann, bob, cyd])
        {
            await session.MustJoinAsync("main");
        }

        await ann.MustSeeAsync("main| Bob joined", "main| Cyd joined");
        _cluster.Nodes.Deafen(1);
        await DisconnectAsync("Bob");
        _ = bob.PostAsync("main", "hello").AsTask();
        _ = bob.SetTopicAsync("main", "mine").AsTask();
        _ = bob.TellAsync("hello", "Ann");
        _ = bob.LeaveAsync("main").AsTask();
        _ = cyd.PostAsync("main", "hi").AsTask();

        await ann.MustSeeAsync("main| Cyd: hi");
    }

    [Fact]
    public async Task Who_is_banned_does_nothing_more_though_its_node_has_not_heard_it()
    {
        var (ann, bob) = await AnnAndBobAsync();
        var cyd = await _cluster.SignInAsync(1, "Cyd");
        await cyd.MustJoinAsync("main");
        await ann.MustSeeAsync("main| Cyd joined");
        _cluster.Nodes.Deafen(1);
        await _cluster.Nodes.AskAsync(
            SessionId.Server, new EndSessions(default, [], "Banned", "Banned") { Mask = "Bob!*@*" }, TestContext.Current.CancellationToken);
        _ = bob.PostAsync("main", "hello").AsTask();
        _ = cyd.PostAsync("main", "hi").AsTask();

        await ann.MustSeeAsync("main| Cyd: hi");
    }

    [Fact]
    public async Task Whom_the_home_has_told_to_end_may_leave()
    {
        var (ann, bob) = await AnnAndBobAsync();
        _cluster.Nodes.Deafen(1);
        await DisconnectAsync("Bob");
        _ = bob.SignOutAsync("Killed").AsTask();

        await ann.MustSeeAsync("main| Bob quit (Killed)");
    }

    [Fact]
    public async Task Who_was_killed_while_the_link_was_broken_is_told_when_there_is_another_and_has_done_nothing_meanwhile()
    {
        var (ann, bob) = await AnnAndBobAsync();
        _cluster.Nodes.Cut(1);
        await DisconnectAsync("Bob");
        var posting = bob.PostAsync("main", "hello").AsTask();

        // The first of the links that come after breaks, too.
        _cluster.Nodes.Arrive(1);
        _cluster.Nodes.Arrive(1);
        Assert.Equal(Verdict.SignedOut, await posting);
        Assert.Equal("Be gone", bob.Session.CloseReason);
        await ann.MustPostAsync("main", "well");

        Assert.DoesNotContain("main| Bob: hello", ann.Waiting());
    }

    [Fact]
    public async Task Who_was_kicked_while_the_link_was_broken_stays_out_and_is_told()
    {
        var (ann, bob) = await AnnAndBobAsync();
        var cyd = await _cluster.SignInAsync(1, "Cyd");
        await cyd.MustJoinAsync("main");
        await bob.MustSeeAsync("main| Cyd joined");
        _cluster.Nodes.Cut(1);
        Assert.Equal(Verdict.Accepted, await ann.KickAsync("main", "Bob", "out"));

        _cluster.Nodes.Arrive(1);
        Assert.NotEqual(Verdict.Accepted, await bob.PostAsync("main", "hello"));

        await bob.MustSeeAsync("main| Ann kicked Bob (out)");
        await cyd.MustSeeAsync("main| Ann kicked Bob (out)");
        Assert.Empty(bob.Session.Rooms);
        await ann.MustPostAsync("main", "well");
        Assert.DoesNotContain("main| Bob joined", ann.Waiting());
        Assert.Equal(Verdict.Accepted, await bob.JoinAsync("main"));
    }

    [Fact]
    public async Task Who_has_left_while_the_node_did_not_hear_it_stays_out()
    {
        var (ann, bob) = await AnnAndBobAsync();
        _cluster.Nodes.Deafen(1);
        var leaving = bob.LeaveAsync("main").AsTask();
        await ann.MustSeeAsync("main| Bob left");

        _cluster.Nodes.Arrive(1);

        Assert.Equal(Verdict.Accepted, await leaving);
        Assert.Empty(bob.Session.Rooms);
        await ann.MustPostAsync("main", "well");
        await ann.MustSeeAsync("main| Ann: well");
    }

    [Fact]
    public async Task Whose_rank_was_taken_while_the_link_was_broken_is_without_it()
    {
        var (ann, bob) = await AnnAndBobAsync();
        await ann.MustSetAsync("main", RoomMode.Operator, "Bob");
        await bob.MustSeeAsync("main| Ann set +Operator=Bob");
        _cluster.Nodes.Cut(1);
        await ann.MustSetAsync("main", RoomMode.Operator, "Bob", isAdding: false);

        _cluster.Nodes.Arrive(1);
        await bob.ReachedAsync();

        Assert.Equal(Verdict.NotOperator, await bob.KickAsync("main", "Ann"));
        await bob.MustSeeAsync("main| ChanServ set -Operator=Bob");
    }

    [Fact]
    public async Task A_room_with_nobody_but_those_behind_a_broken_link_is_as_the_last_of_the_others_has_left_it()
    {
        var (ann, bob) = await AnnAndBobAsync();
        await ann.MustSetAsync("main", RoomMode.Operator, "Bob");
        await bob.MustSeeAsync("main| Ann set +Operator=Bob");
        _cluster.Nodes.Cut(1);
        await ann.MustSetAsync("main", RoomMode.Operator, "Bob", isAdding: false);
        await ann.MustSetAsync("main", RoomMode.Key, "secret");
        await ann.LeaveAsync("main");

        _cluster.Nodes.Arrive(1);
        await bob.ReachedAsync();

        Assert.Equal(Verdict.NotOperator, await bob.KickAsync("main", "Bob"));
        Assert.Equal(Verdict.WrongKey, await ann.JoinAsync("main"));
    }

    private async Task DisconnectAsync(string name)
        => Assert.Equal(Verdict.Accepted, (await _cluster.Nodes.AskAsync(SessionId.Server, new Disconnect(Name(name), "Be gone"), TestContext.Current.CancellationToken)).Verdict);

    private async Task<(TestSession Ann, TestSession Bob)> AnnAndBobAsync()
    {
        var (ann, bob) = (await _cluster.SignInAsync(0, "Ann"), await _cluster.SignInAsync(1, "Bob"));
        await ann.MustJoinAsync("main");
        await bob.MustJoinAsync("main");
        await ann.MustSeeAsync("main| Bob joined");
        return (ann, bob);
    }

    private static UserName Name(string name) => UserName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name));
}
