using Parley.Cluster.Membership;
using Parley.Cluster.Tests.Support;
using Parley.Storage.PostgreSql.Tests;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Membership;

/// <summary>One node at a time is home, and the next one takes its place when it is to.</summary>
public sealed class HomeTests(PostgreSqlServer server)
{
    [Fact]
    public async Task The_first_node_is_home_and_the_next_takes_the_place_of_one_that_leaves()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        await one.WhenHomeAsync("one");
        var two = await cluster.StartAsync("two");
        var view = await two.WhenHomeAsync("one");
        Assert.True(one.HoldsTerm(1));
        Assert.False(two.HoldsTerm(1));
        Assert.Equal(["one", "two"], view.Nodes.Values.Select(node => node.Name));

        await one.DisposeAsync();

        view = await two.WhenHomeAsync("two");
        Assert.Equal(2, view.Home!.Value.Term);
        Assert.True(two.HoldsTerm(2));
        Assert.False(two.HoldsTerm(1));
        Assert.Equal(["two"], view.Nodes.Values.Select(node => node.Name));
    }

    [Fact]
    public async Task A_home_that_gives_no_sign_of_life_is_replaced_under_the_next_term_and_found_dead()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        await one.WhenHomeAsync("one");
        var two = await cluster.StartAsync("two");
        await two.WhenHomeAsync("one");
        await one.EndAsync(isLeaving: false);
        cluster.MakeSteady(two);
        cluster.MakeLate(one);

        var view = await two.WhenAsync(each => each.IsHome && each.Nodes.Count == 1);

        Assert.Equal(2, view.Home!.Value.Term);
        Assert.Equal(3, (short)cluster.Ask("SELECT state FROM parley_cluster.node WHERE name = 'one'")!);
    }

    [Fact]
    public async Task Whoever_was_away_itself_judges_nobody()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        await one.WhenHomeAsync("one");
        var two = await cluster.StartAsync("two");
        await two.WhenHomeAsync("one");
        await one.EndAsync(isLeaving: false);
        cluster.MakeSteady(two);
        cluster.MakeLate(two);
        await cluster.AfterTwoBeatsAsync(two);
        cluster.MakeLate(one);

        await cluster.AfterTwoBeatsAsync(two);

        Assert.Equal("one", two.View.HomeNode?.Name);
        cluster.MakeSteady(two);
        await two.WhenHomeAsync("two");
    }

    [Fact]
    public async Task A_home_that_stands_still_does_not_hold_its_term()
    {
        await using var cluster = new TestCluster(server);
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var home = await cluster.StartAsync("one", time);
        await home.WhenHomeAsync("one");
        await using var holder = await cluster.ConnectAsync();
        await using (var hold = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var row = new Npgsql.NpgsqlCommand("SELECT 1 FROM node FOR UPDATE", holder);
            await row.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await cluster.WhenLockedAsync("NOT granted");
            Assert.True(home.HoldsTerm(1));

            time.Advance(cluster.Options.HomeTimeout);

            Assert.False(home.HoldsTerm(1));
        }

        await cluster.AfterTwoBeatsAsync(home);
        Assert.True(home.HoldsTerm(1));
    }

    [Fact]
    public async Task A_home_that_resigns_holds_nothing_and_its_successor_is_next()
    {
        await using var cluster = new TestCluster(server);
        var nodes = new List<ClusterMembership>();
        foreach (var name in (string[])["one", "two", "three"])
        {
            nodes.Add(await cluster.StartAsync(name));
            await nodes[^1].WhenAsync(view => view.Nodes.Count == nodes.Count && view.Home is not null);
        }

        await nodes[0].ResignAsync(nodes[2].View.Self, TestContext.Current.CancellationToken);

        Assert.False(nodes[0].HoldsTerm(1));
        foreach (var node in nodes)
        {
            Assert.Equal(new ClusterHome(2, nodes[2].View.Self.Generation), (await node.WhenHomeAsync("three")).Home);
        }
    }

    [Fact]
    public async Task A_draining_home_is_to_make_place_and_takes_no_term_again()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        await one.WhenHomeAsync("one");
        await using var connection = await cluster.ConnectAsync();
        await cluster.Table(connection).DrainAsync(one.View.Self.Generation, TestContext.Current.CancellationToken);
        var alone = await one.WhenAsync(view => view.Self.State == NodeState.Draining);
        Assert.Null(alone.Successor);
        Assert.True(one.HoldsTerm(1));

        var two = await cluster.StartAsync("two");
        var view = await one.WhenAsync(each => each.Successor is not null);
        Assert.Equal("two", view.Successor!.Name);
        await one.ResignAsync(view.Successor, TestContext.Current.CancellationToken);
        await two.WhenHomeAsync("two");
        await two.DisposeAsync();

        await one.WhenAsync(each => each.Nodes.Count == 1);
        await cluster.AfterTwoBeatsAsync(one);
        Assert.Null(one.View.Home);
    }

    [Fact]
    public async Task A_home_is_asked_to_make_place_for_a_node_as_long_as_that_is_active()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        await one.WhenHomeAsync("one");
        var two = await cluster.StartAsync("two");
        await using var connection = await cluster.ConnectAsync();
        await cluster.Table(connection).PreferAsync(two.View.Self.Generation, TestContext.Current.CancellationToken);
        Assert.Equal("two", (await one.WhenAsync(view => view.Successor is not null)).Successor!.Name);

        await two.DisposeAsync();

        Assert.True((await one.WhenAsync(view => view.Successor is null)).IsHome);
        Assert.True(one.HoldsTerm(1));
    }
}
