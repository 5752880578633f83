using Parley.Cluster.Admin;
using Parley.Cluster.Membership;
using Parley.Cluster.Tests.Support;
using Parley.Storage.PostgreSql.Tests;

namespace Parley.Cluster.Tests.Admin;

/// <summary>What an operator sees and asks for, with nothing but the database.</summary>
public sealed class ClusterAdminTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_sees_all_nodes_and_which_is_home()
    {
        await using var cluster = new TestCluster(server);
        var two = await cluster.StartAsync("two");
        await two.WhenHomeAsync("two");
        var one = await cluster.StartAsync("One");
        await one.EndAsync(isLeaving: false);
        cluster.MakeLate(one);
        await using var admin = await ClusterAdmin.OpenAsync(cluster.Address, Token);

        var status = await admin.StatusAsync(Token);

        Assert.Equal(1, status.Term);
        Assert.Equal([("One", false, true), ("two", true, false)], status.Nodes.Select(node => (node.Node.Name, node.IsHome, node.IsLate)));
        Assert.True(status.Nodes[0].HeartbeatAge > TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_node_that_is_to_drain_learns_it_and_a_home_for_whom_to_make_place()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        await one.WhenHomeAsync("one");
        var two = await cluster.StartAsync("two");
        await one.WhenAsync(view => view.Nodes.Count == 2);
        await using var admin = await ClusterAdmin.OpenAsync(cluster.Address, Token);

        await admin.MoveAsync("TWO", Token);
        Assert.Equal("two", (await one.WhenAsync(view => view.Successor is not null)).Successor!.Name);
        Assert.Equal(NodeState.Draining, (await admin.DrainAsync("two", Token)).State);
        await admin.DrainAsync("two", Token);

        await two.WhenAsync(view => view.Self.State == NodeState.Draining);
        Assert.Null((await one.WhenAsync(view => view.Successor is null)).Successor);
        var error = await Assert.ThrowsAsync<ClusterException>(() => admin.MoveAsync("two", Token));
        Assert.Equal("Node two is draining and takes no term any more: name another", error.Message);
    }

    [Fact]
    public async Task A_name_that_no_node_has_is_told_with_those_there_are()
    {
        await using var cluster = new TestCluster(server);
        await cluster.StartAsync("two");
        await cluster.StartAsync("one");
        await using var admin = await ClusterAdmin.OpenAsync(cluster.Address, Token);

        var error = await Assert.ThrowsAsync<ClusterException>(() => admin.DrainAsync("three", Token));

        Assert.Equal("No node is called 'three': there are one, two", error.Message);
    }

    [Fact]
    public async Task Where_there_is_no_cluster_none_is_made()
    {
        await using var cluster = new TestCluster(server);

        var error = await Assert.ThrowsAsync<ClusterException>(() => ClusterAdmin.OpenAsync(cluster.Address, Token));

        Assert.Equal($"There is no cluster in {cluster.Address}: a node makes it that starts with `parley serve --cluster`", error.Message);
        Assert.Equal(false, cluster.Ask("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname LIKE 'parley%')"));
    }

    [Fact]
    public async Task A_cluster_of_a_newer_Parley_is_left_alone()
    {
        await using var cluster = new TestCluster(server);
        await cluster.StartAsync("one");
        cluster.Execute("UPDATE parley_cluster.schema_version SET version = 999");

        var error = await Assert.ThrowsAsync<ClusterException>(() => ClusterAdmin.OpenAsync(cluster.Address, Token));

        Assert.Matches("is of a newer Parley .schema 999, this one knows [0-9]+.: use that one$", error.Message);
    }
}
