using System.Text.Json;
using Parley.EndToEnd.Tests.Support;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Tests;

namespace Parley.EndToEnd.Tests;

/// <summary>docs/operations/cluster.md: nodes that Aspire starts, with a database that is there.</summary>
/// <remarks>The sample is not of the solution, as Aspire's packages have 300 MB; only this test builds it.</remarks>
public sealed class AspireSampleTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    private const string Setting = "PARLEY_ASPIRE";
    private const string Name = "Parley.Samples.Aspire";

    [Fact]
    public async Task Three_nodes_are_one_chat_until_their_host_is_interrupted()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Setting) is "1", $"Aspire's packages have 300 MB: set {Setting}=1 to get them");
        string address = server.NewAddress();
        Assert.True(DatabaseAddress.TryParse(address, out DatabaseAddress? database));
        server.Execute("postgres", $"CREATE DATABASE {database.Database} TEMPLATE template0");
        await using ChildProcess build = ChildProcess.Start("dotnet", ["build", Path.Combine(ParleyBinary.Repository, "samples", Name), "-c", ParleyBinary.Configuration, "--nologo"]);
        Assert.True(await build.ExitAsync() == 0, $"{build}");
        await using ChildProcess host = ChildProcess.Start(
            ParleyBinary.SamplePath(Name),
            ["--database", address, "--nodes", "3"],
            new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
                ["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://127.0.0.1:0",
            });

        JsonElement[] nodes = await UntilAsync(address, nodes => nodes.Length == 3 && nodes.All(node => Port(node, "lines") != 0));
        Assert.Equal(["node1", "node2", "node3"], nodes.Select(node => node.GetProperty("name").GetString()!).Order());
        using Chatter ana = await Chatter.JoinAsync(Port(nodes[0], "lines"), "Ana");
        using Chatter ben = await Chatter.JoinAsync(Port(nodes[1], "lines"), "Ben");
        await ben.SayAsync("hello from another node");
        await ana.Heard.SkipToAsync("what Ben says", line => line is "Ben: hello from another node");

        host.Signal(Signals.Interrupt);
        Assert.True(await host.ExitAsync() == 0, $"{host}");
        await UntilAsync(address, nodes => nodes.Length == 0);
    }

    private static Task<JsonElement[]> UntilAsync(string address, Predicate<JsonElement[]> condition)
        => Safety.UntilAsync(() => AskAsync(address), nodes => condition(nodes), "the nodes");

    /// <summary>The living nodes; none as long as no node has made a cluster of the database.</summary>
    private static async Task<JsonElement[]> AskAsync(string address)
    {
        await using ChildProcess status = ParleyBinary.Run("cluster", "status", "--json", "--cluster", address);
        return await status.ExitAsync() == 0 ? [.. status.Output.All.Select(line => JsonSerializer.Deserialize<JsonElement>(line))] : [];
    }

    private static int Port(JsonElement node, string listener)
        => node.GetProperty("listeners").GetString()!.Split(' ').FirstOrDefault(each => each.StartsWith($"{listener}=", StringComparison.Ordinal)) is { } found
            ? int.Parse(found[(found.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
}
