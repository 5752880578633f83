using Parley.Cluster.Membership;
using Parley.Cluster.Tests.Support;
using Parley.Storage.PostgreSql.Tests;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Membership;

/// <summary>Nodes that others find dead, lost connections, and nodes that come in.</summary>
public sealed class PresenceTests(PostgreSqlServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_others_found_dead_learns_it_and_holds_nothing()
    {
        await using var cluster = new TestCluster(server);
        var monitor = new RecordedMonitor();
        var one = await cluster.StartAsync("one", monitor: monitor);
        await one.WhenHomeAsync("one");

        cluster.Execute("UPDATE parley_cluster.node SET state = 3, end_reason = 'gave no sign of life for 60 s'");

        Assert.Equal("gave no sign of life for 60 s", await one.Expelled.WithinSafetyAsync());
        Assert.False(one.HoldsTerm(1));
        Assert.Equal("expelled: gave no sign of life for 60 s", await monitor.NextAsync());
        Assert.Equal(2, (await (await cluster.StartAsync("one")).WhenHomeAsync("one")).Home!.Value.Term);
    }

    [Fact]
    public async Task After_its_connection_is_cut_a_node_goes_on_as_the_same()
    {
        await using var cluster = new TestCluster(server);
        var monitor = new RecordedMonitor();
        var one = await cluster.StartAsync("one", monitor: monitor);
        var home = (await one.WhenHomeAsync("one")).Home;

        cluster.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parley-cluster' AND datname = current_database()");

        Assert.StartsWith("failed: ", await monitor.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("recovered", await monitor.NextAsync());
        await cluster.AfterTwoBeatsAsync(one);
        Assert.Equal(home, one.View.Home);
        Assert.True(one.HoldsTerm(1));
        Assert.Throws<Core.History.HistoryException>(() => Storage.PostgreSql.PostgreSqlHistoryStore.Open(cluster.Address));
    }

    [Fact]
    public async Task A_home_expels_a_node_that_it_cannot_reach()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        var home = (await one.WhenHomeAsync("one")).Home!.Value;
        var two = await cluster.StartAsync("two");
        await one.WhenAsync(view => view.Nodes.Count == 2);

        Assert.True(await one.ExpelAsync(home, two.View.Self.Generation, "node one cannot reach it", Token));

        Assert.Equal("node one cannot reach it", await two.Expelled.WithinSafetyAsync());
        await one.WhenAsync(view => view.Nodes.Count == 1);
    }

    [Fact]
    public async Task A_certificate_is_found_as_soon_as_its_node_is_in_the_table()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        await using var connection = await cluster.ConnectAsync();
        var reading = new NodeReading(cluster.Options, new ManualTimeProvider());
        Assert.Null(await reading.FindAsync(TestCluster.Facts("two").Certificate, Token));
        await cluster.Table(connection).AddAsync(TestCluster.Facts("two"), Token);

        Assert.Null(await reading.FindAsync(TestCluster.Facts("two").Certificate, Token));
        Assert.Equal("two", (await one.FindAsync(TestCluster.Facts("two").Certificate, Token))?.Name);
        Assert.Equal("one", (await one.FindAsync(one.View.Self.Certificate, Token))?.Name);
    }

    [Fact]
    public async Task What_a_node_says_about_its_listeners_is_read_by_all()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");

        one.SetListeners("lines=127.0.0.1:42069", () => 7);

        await two.WhenAsync(view => view.Nodes.Values.Any(node => node.Listeners == "lines=127.0.0.1:42069"));
    }
}
