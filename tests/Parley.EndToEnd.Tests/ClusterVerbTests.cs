using System.Text.Json;
using Parley.Cluster.Membership;
using Parley.EndToEnd.Tests.Support;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Tests;

namespace Parley.EndToEnd.Tests;

/// <summary>docs/operations/cluster.md: <c>parley cluster</c> beside nodes that are in the database.</summary>
public sealed class ClusterVerbTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_are_listed_moved_and_drained()
    {
        string address = server.NewEmptyAddress();
        await using ClusterMembership one = await StartAsync(address, "node1");
        await UntilAsync(address, nodes => nodes is [{ } only] && only.GetProperty("isHome").GetBoolean());
        await using ClusterMembership two = await StartAsync(address, "node2");
        int sessions = 12;
        two.SetListeners("irc=127.0.0.1:6667", () => Volatile.Read(ref sessions));

        JsonElement[] nodes = await UntilAsync(address, nodes => nodes is [_, { } second] && second.GetProperty("listeners").GetString()!.Length > 0);
        Assert.Equal(
            ["node1 active True 1", "node2 active False 1"],
            nodes.Select(node => $"{node.GetProperty("name")} {node.GetProperty("state")} {node.GetProperty("isHome").GetBoolean()} {node.GetProperty("term")}"));
        string[] lines = await RunAsync(0, "status", "--cluster", address);
        Assert.Equal("home       node1 (term 1)", lines[0]);
        Assert.Matches("^node2      active +[0-9.]+ s  12 sessions   1.2.3    links=127.0.0.1:7000 irc=127.0.0.1:6667$", lines[2]);
        Assert.Equal(["node2 is to be home next"], await RunAsync(0, "move", "node2", "--cluster", address));
        Assert.Equal(
            ["node1 is draining: it sends its people to other nodes, and is never home again", "node1 has no people left: stop it when you like"],
            await RunAsync(0, "drain", "NODE1", "--cluster", address));
        await UntilAsync(address, nodes => nodes[0].GetProperty("state").GetString() == "draining");
        Assert.Equal(
            ["No other node could take the people of node2: start one first, or stop node2 as it is"], await RunAsync(1, "drain", "node2", "--cluster", address));
        Assert.Equal(["No node is called 'node3': there are node1, node2"], await RunAsync(1, "drain", "node3", "--cluster", address));
    }

    [Fact]
    public async Task A_drain_is_waited_for_until_the_last_session_has_gone_unless_that_is_not_asked_for()
    {
        string address = server.NewEmptyAddress();
        await using ClusterMembership one = await StartAsync(address, "node1");
        await using ClusterMembership two = await StartAsync(address, "node2");
        int sessions = 1;
        two.SetListeners("", () => Volatile.Read(ref sessions));
        await UntilAsync(address, nodes => nodes is [_, { } second] && second.GetProperty("sessions").GetInt32() == 1);
        string[] told = await RunAsync(0, "drain", "node2", "--no-wait", "--cluster", address);
        Assert.Equal(["node2 is draining: it sends its people to other nodes, and is never home again"], told);

        await using ChildProcess drain = ParleyBinary.Run("cluster", "drain", "node2", "--cluster", address);
        await drain.Output.ExpectAsync(told[0]);
        await drain.Output.ExpectAsync("1 session left");
        Volatile.Write(ref sessions, 0);
        await drain.Output.ExpectAsync("node2 has no people left: stop it when you like");
        Assert.Equal(0, await drain.ExitAsync());
    }

    [Fact]
    public async Task Where_nothing_is_to_be_looked_after_that_is_told_in_one_line_without_the_password()
    {
        string address = server.NewEmptyAddress();

        Assert.Equal(
            [$"There is no cluster in {Shown(address)}: a node makes it that starts with `parley serve --cluster`"], await RunAsync(1, "status", "--cluster", address));
        Assert.StartsWith(
            "postgres://127.0.0.1:1/chat cannot be reached (",
            Assert.Single(await RunAsync(1, "status", "--cluster", "postgres://ann:sesame@127.0.0.1:1/chat")),
            StringComparison.Ordinal);
        Assert.Equal("--cluster will not do: give postgres://user:password@host:port/database", (await RunAsync(2, "status", "--cluster", "ann:sesame@db"))[0]);
        Assert.Equal(
            "--cluster, PARLEY_CLUSTER or \"cluster\" of the settings file is missing: give postgres://user:password@host:port/database",
            (await RunAsync(2, "move", "node1"))[0]);
    }

    [Fact]
    public async Task The_database_is_that_of_the_settings_file_unless_another_is_named()
    {
        string address = server.NewEmptyAddress();
        await using ClusterMembership one = await StartAsync(address, "node1");
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "node.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new Dictionary<string, string> { ["cluster"] = address }), Token);

        Assert.Equal(["No node is called 'node3': there are node1"], await RunAsync(1, "move", "node3", "--config", file));
        Assert.Equal(["node1 is to be home next"], await RunAsync(0, "move", "node1", "--config", file));
        Assert.StartsWith("postgres://127.0.0.1:1/chat cannot be reached (", (await RunAsync(1, "status", "--config", file, "--cluster", "postgres://127.0.0.1:1/chat"))[0], StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, """{"cluster": "ann:sesame@db"}""", Token);
        Assert.Equal($"{file}: cluster will not do: give postgres://user:password@host:port/database", (await RunAsync(2, "drain", "node1", "--config", file))[0]);
    }

    private static Task<ClusterMembership> StartAsync(string address, string name)
    {
        Assert.True(DatabaseAddress.TryParse(address, out DatabaseAddress? database));
        NodeFacts facts = new(name, "127.0.0.1:7000", CertificateDigest.Of(new byte[32]), "1.2.3", 1, 1);
        return ClusterMembership.StartAsync(new ClusterOptions(database), facts, new Silence(), TimeProvider.System, Token);
    }

    /// <summary>The nodes, as soon as they are as is expected.</summary>
    private static async Task<JsonElement[]> UntilAsync(string address, Func<JsonElement[], bool> condition)
    {
        while (true)
        {
            Token.ThrowIfCancellationRequested();
            JsonElement[] nodes = [.. (await RunAsync(0, "status", "--json", "--cluster", address)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
            if (condition(nodes))
            {
                return nodes;
            }
        }
    }

    private static async Task<string[]> RunAsync(int exitCode, params string[] arguments)
    {
        await using ChildProcess parley = ParleyBinary.Run(["cluster", .. arguments]);
        int code = await parley.ExitAsync();
        Assert.True(code == exitCode, $"{string.Join(' ', arguments)}: {code}\n{parley}");
        return [.. parley.Output.All, .. parley.Errors.All];
    }

    private static string Shown(string address) => DatabaseAddress.TryParse(address, out DatabaseAddress? database) ? database.ToString() : "";

    private sealed class Silence : IMembershipMonitor
    {
        public void DatabaseFailed(string reason)
        {
        }

        public void DatabaseRecovered()
        {
        }

        public void Expelled(string reason)
        {
        }
    }
}
