using System.Net;
using System.Net.Sockets;
using Parley.Cluster.Membership;
using Parley.Cluster.Tests.Support;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Tests;
using Parley.TestKit;

namespace Parley.Cluster.Tests.Membership;

/// <summary>A node that cannot take part is told why in one line, and changes nothing.</summary>
public sealed class EntranceTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Two_living_nodes_have_no_name_in_common()
    {
        await using var cluster = new TestCluster(server);
        await cluster.StartAsync("one");

        var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync("One"));

        Assert.Equal("Node one runs already, with links at 127.0.0.1:1: stop that one, or give this one another name with --node NAME", error.Message);
        Assert.Equal(1L, cluster.Ask("SELECT count(*) FROM parley_cluster.node"));
    }

    [Fact]
    public async Task A_node_that_was_killed_comes_back_under_its_name_as_another_generation()
    {
        await using var cluster = new TestCluster(server);
        var first = await cluster.StartAsync("one");
        await first.WhenHomeAsync("one");
        await first.EndAsync(isLeaving: false);
        var starting = cluster.StartAsync("one");
        cluster.MakeLate(first);

        var second = await starting.WithinSafetyAsync();

        Assert.True(second.View.Self.Generation > first.View.Self.Generation);
        Assert.Equal(new ClusterHome(2, second.View.Self.Generation), (await second.WhenHomeAsync("one")).Home);
    }

    [Theory]
    [InlineData(6, "ahead of")]
    [InlineData(-6, "behind")]
    public async Task A_clock_that_differs_too_much_is_told(int seconds, string how)
    {
        await using var cluster = new TestCluster(server);
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(seconds < 0 ? seconds : seconds + 60));

        var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync("one", clock));

        Assert.Matches($"^This machine's clock is [0-9]+ s {how} that of postgres:.*: set both by NTP; 5 s are allowed$", error.Message);
        Assert.Equal(false, cluster.Ask("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname LIKE 'parley%')"));
    }

    [Theory]
    [InlineData("parley")]
    [InlineData("parley_cluster")]
    public async Task A_schema_of_something_else_is_left_alone(string schema)
    {
        await using var cluster = new TestCluster(server);
        cluster.Execute($"CREATE SCHEMA {schema}; CREATE TABLE {schema}.room (x int)");

        var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync("one"));

        Assert.EndsWith($" has tables of another program in its schema {schema}: use another database, or rename that schema", error.Message, StringComparison.Ordinal);
        Assert.Equal(1L, cluster.Ask($"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}'"));
    }

    [Theory]
    [InlineData("parley")]
    [InlineData("parley_cluster")]
    public async Task A_schema_of_a_newer_Parley_is_left_alone(string schema)
    {
        await using var cluster = new TestCluster(server);
        await (await cluster.StartAsync("one")).DisposeAsync();
        cluster.Execute($"UPDATE {schema}.schema_version SET version = 999");

        var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync("two"));

        Assert.Contains("was written by a newer Parley (schema 999, this one knows", error.Message, StringComparison.Ordinal);
        Assert.Equal(1L, cluster.Ask("SELECT count(*) FROM parley_cluster.node"));
    }

    [Fact]
    public async Task A_node_of_the_next_version_brings_the_tables_up_to_date_beside_one_that_is_at_work()
    {
        await using var cluster = new TestCluster(server);
        await (await cluster.StartAsync("one")).DisposeAsync();

        // As the first version has left them, with a node of it at work.
        cluster.Execute("ALTER TABLE parley_cluster.node DROP COLUMN sessions");
        cluster.Execute("UPDATE parley_cluster.schema_version SET version = 1");
        cluster.Execute("UPDATE parley_cluster.node SET state = 0, heartbeat = now() + interval '1 minute'");

        await cluster.StartAsync("two");

        Assert.Equal(0L, cluster.Ask("SELECT sum(sessions) FROM parley_cluster.node WHERE state = 0"));
        Assert.Equal(2L, cluster.Ask("SELECT count(*) FROM parley_cluster.node WHERE state = 0"));
    }

    [Theory]
    [InlineData(1, 1, 2, 3, "1, this one 2 to 3")]
    [InlineData(3, 4, 2, 2, "3 to 4, this one 2")]
    public async Task A_node_whose_links_the_others_do_not_understand_is_told(int oldest, int newest, int ownOldest, int ownNewest, string ranges)
    {
        await using var cluster = new TestCluster(server);
        await cluster.StartAsync(TestCluster.Facts("one", newest, oldest));

        var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync(TestCluster.Facts("two", ownNewest, ownOldest)));

        Assert.Equal(
            $"Node one is Parley 0.1.0 and speaks link protocol {ranges}: upgrade by way of a version that speaks both, or stop all nodes first", error.Message);
        Assert.Equal(1L, cluster.Ask("SELECT count(*) FROM parley_cluster.node"));
    }

    [Fact]
    public async Task A_node_of_the_next_version_comes_in_beside_one_of_this()
    {
        await using var cluster = new TestCluster(server);
        var one = await cluster.StartAsync(TestCluster.Facts("one", protocol: 4, oldest: 3));
        var two = await cluster.StartAsync(TestCluster.Facts("two", protocol: 5, oldest: 4));

        Assert.Equal(4, one.View.Self.ProtocolWith(two.View.Self));
    }

    [Fact]
    public async Task A_server_without_a_cluster_keeps_nodes_out_and_they_it()
    {
        await using var cluster = new TestCluster(server);
        await using (PostgreSqlHistoryStore.Open(cluster.Address))
        {
            var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync("one"));
            Assert.Equal($"A server without --cluster uses {cluster.Address}: stop that one, or use another database", error.Message);
        }

        await cluster.StartAsync("one");
        Assert.Throws<Core.History.HistoryException>(() => PostgreSqlHistoryStore.Open(cluster.Address));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_and_one_that_does_not_answer_too()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        Assert.True(DatabaseAddress.TryParse("postgres://ann:sesame@127.0.0.1:1/chat", out var closed));
        Assert.True(DatabaseAddress.TryParse($"postgres://ann:sesame@127.0.0.1:{port}/chat", out var mute));

        foreach (var (address, reason) in ((DatabaseAddress, string)[])[(closed, "cannot be reached ("), (mute, "does not answer: look after it")])
        {
            var error = await Assert.ThrowsAsync<ClusterException>(() => ClusterMembership.StartAsync(
                new ClusterOptions(address), TestCluster.Facts("one"), new RecordedMonitor(), TimeProvider.System, TestContext.Current.CancellationToken));
            Assert.StartsWith($"{address} {reason}", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("sesame", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("x\n")]
    public async Task A_name_that_will_not_do_is_told(string name)
    {
        await using var cluster = new TestCluster(server);

        var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync(TestCluster.Facts("x") with { Name = name }));

        Assert.Contains("will not do for the name of a node: give up to 63 letters", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tea.example.org", 7001, "teaexampleorg-7001")]
    [InlineData("日本", 7001, "7001")]
    public void A_node_without_a_name_has_that_of_its_machine_and_port(string machine, int port, string name)
    {
        Assert.Equal(name, NodeFacts.DefaultName(machine, port));
        Assert.True(NodeFacts.IsName(name));
    }
}
