using Parley.Cluster.Membership;
using Parley.Cluster.Tests.Support;
using Parley.Core.Intentions;
using Parley.Core.Rooms;
using Parley.Specification;
using Parley.Storage.PostgreSql.Tests;

namespace Parley.Cluster.Tests.Deciding;

/// <summary>Three nodes over a database and TLS, of which one dies, leaves, or gives its place up.</summary>
public sealed class TakeoverTests(PostgreSqlServer server)
{
    private readonly MemoryRoomRegistry _registry = new();

    [Fact]
    public async Task People_at_three_nodes_are_in_one_room_and_go_on_when_its_home_is_killed()
    {
        await using var cluster = new TestCluster(server);
        await using var one = await TestNode.StartAsync(cluster, "one", _registry);
        await one.Membership.WhenHomeAsync("one");
        await using var two = await TestNode.StartAsync(cluster, "two", _registry);
        await using var three = await TestNode.StartAsync(cluster, "three", _registry);
        var ann = await two.SignInAsync("Ann", "main");
        var bob = await three.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");
        await ann.SetTopicAsync("main", "tea");
        await bob.MustSeeAsync("main| Ann set the topic 'tea'");

        await one.KillAsync();
        var posting = ann.PostAsync("main", "anybody?").AsTask();
        cluster.MakeSteady(two.Membership);
        cluster.MakeSteady(three.Membership);
        cluster.MakeLate(one.Membership);

        Assert.Equal(Verdict.Accepted, await posting.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken));
        await bob.MustSeeAsync("main| Ann: anybody?");
        Assert.Equal(Verdict.NotOperator, await bob.SetTopicAsync("main", "coffee"));
        Assert.Equal(Verdict.Accepted, await ann.SetTopicAsync("main", "coffee"));
        await bob.MustSeeAsync("main| Ann set the topic 'coffee'");
    }

    [Fact]
    public async Task A_home_that_leaves_makes_place_and_nobody_at_the_others_notices()
    {
        await using var cluster = new TestCluster(server);
        await using var one = await TestNode.StartAsync(cluster, "one", _registry);
        await one.Membership.WhenHomeAsync("one");
        await using var two = await TestNode.StartAsync(cluster, "two", _registry);
        var ann = await two.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "before");

        await one.DisposeAsync();
        await ann.MustPostAsync("main", "after");

        await two.Membership.WhenHomeAsync("two");
        await ann.MustSeeAsync("main| Ann: before", "main| Ann: after");
    }

    [Fact]
    public async Task A_home_gives_its_place_to_the_node_that_is_asked_for_and_keeps_its_people()
    {
        await using var cluster = new TestCluster(server);
        await using var one = await TestNode.StartAsync(cluster, "one", _registry);
        await one.Membership.WhenHomeAsync("one");
        await using var two = await TestNode.StartAsync(cluster, "two", _registry);
        var ann = await one.SignInAsync("Ann", "main");
        var bob = await two.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");

        cluster.Execute($"UPDATE parley_cluster.home SET preferred = {two.Membership.View.Self.Generation}");
        await two.Membership.WhenHomeAsync("two");
        await ann.MustPostAsync("main", "still here");

        await bob.MustSeeAsync("main| Ann: still here");
        await ann.MustSeeAsync("main| Ann: still here");
    }

    [Fact]
    public async Task People_of_a_node_that_dies_quit_and_their_names_are_free()
    {
        await using var cluster = new TestCluster(server);
        await using var one = await TestNode.StartAsync(cluster, "one", _registry);
        await one.Membership.WhenHomeAsync("one");
        await using var two = await TestNode.StartAsync(cluster, "two", _registry);
        var ann = await one.SignInAsync("Ann", "main");
        await two.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");

        await two.KillAsync();

        await ann.MustSeeAsync("main| Bob quit (Connection lost)");
        while (await new TestSession(one.Broker).SignInAsync("Bob") != Verdict.Accepted)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_node_that_the_home_cannot_reach_is_voted_out_and_its_people_are_told_that_nothing_is_decided()
    {
        await using var cluster = new TestCluster(server);
        await using var one = await TestNode.StartAsync(cluster, "one", _registry, TimeSpan.FromMilliseconds(50));
        await one.Membership.WhenHomeAsync("one");
        cluster.Execute("UPDATE parley_cluster.node SET address = '127.0.0.1:1'");
        await using var two = await TestNode.StartAsync(cluster, "two", _registry);
        var signingIn = new TestSession(two.Broker).SignInAsync("Bob").AsTask();

        Assert.EndsWith("one, which is home, had no link to it for 0 s", await two.Membership.Expelled.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(Verdict.Stopping, await signingIn);
    }

    [Fact]
    public async Task A_home_that_no_other_node_reaches_makes_place_and_goes_on_as_one_of_them()
    {
        await using var cluster = new TestCluster(server) { Options = new ClusterOptions(server.NewDatabase()) { Heartbeat = TimeSpan.FromMilliseconds(20), Preference = TimeSpan.FromSeconds(1) } };
        await using var one = await TestNode.StartAsync(cluster, "one", _registry, TimeSpan.FromMilliseconds(200));
        await one.Membership.WhenHomeAsync("one");
        cluster.Execute("UPDATE parley_cluster.node SET address = '127.0.0.1:1'");
        var ann = await one.SignInAsync("Ann", "main");
        await using var two = await TestNode.StartAsync(cluster, "two", _registry);
        await using var three = await TestNode.StartAsync(cluster, "three", _registry);
        var bob = await two.SignInAsync("Bob", "main");

        Assert.NotEqual("one", two.Membership.View.HomeNode?.Name);
        await ann.MustSeeAsync("main| Bob joined");
        await ann.MustPostAsync("main", "still here");
        await bob.MustSeeAsync("main| Ann: still here");
    }
}
