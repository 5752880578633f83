using System.Net;
using System.Text.Json;
using Parley.EndToEnd.Tests.Support;
using Parley.Storage.PostgreSql;
using Parley.Storage.PostgreSql.Tests;

namespace Parley.EndToEnd.Tests;

/// <summary>docs/operations/cluster.md: a node that is drained sends its people to another, where they find their names, rooms and messages.</summary>
public sealed class ClusterDrainTests(PostgreSqlServer database) : IClassFixture<PostgreSqlServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_screen_client_that_knows_both_comes_back_at_the_other_with_name_room_and_what_was_said()
    {
        string address = database.NewEmptyAddress();
        using TemporaryFolder folder = new();
        await using ParleyServer one = await StartAsync(address, folder.Path, "node1", "--http", "127.0.0.1:0");
        await using ParleyServer two = await StartAsync(address, folder.Path, "node2");
        using Chatter bob = await Chatter.JoinAsync(two.LinesPort, "Bob");
        await bob.SayAsync("/join rust");
        await bob.Heard.SkipToAsync("You joined rust");
        await using TmuxPane pane = await TmuxPane.StartAsync(80, 24);
        await pane.ChatAsync(one.LinesPort, $"127.0.0.1:{two.LinesPort} --login Ana");
        await pane.WaitForAsync("is now Ana");
        await pane.TypeAsync("/join rust");
        await pane.PressAsync("Enter");
        await bob.Heard.SkipToAsync("Ana joined");

        await using ChildProcess drain = ParleyBinary.Run("cluster", "drain", "node1", "--cluster", address);
        await bob.Heard.SkipToAsync("Ana left");
        await bob.SayAndHearAsync("while you were away");
        await pane.WaitForAsync("Connected again");
        await bob.Heard.SkipToAsync("Ana joined");
        await pane.WaitForAsync("while you were away");
        Assert.Equal(0, await drain.ExitAsync());
        Assert.Equal("node1 has no people left: stop it when you like", drain.Output.All[^1]);

        using HttpClient http = new();
        using HttpResponseMessage ready = await http.GetAsync($"http://127.0.0.1:{one.HttpPort}/health/ready", Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        await pane.TypeAsync("here again");
        await pane.PressAsync("Enter");
        await bob.Heard.ExpectAsync("Ana: here again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_home_is_stopped_with_people_and_the_others_see_them_leave_and_go_on(bool isDrained)
    {
        string address = database.NewEmptyAddress();
        using TemporaryFolder folder = new();

        // Whoever waited for them would wait for longer than the test does.
        await using ParleyServer one = await StartAsync(address, folder.Path, "node1", "--drain-timeout", "10m");
        await using ParleyServer two = await StartAsync(address, folder.Path, "node2", "--drain-timeout", "10m");
        using Chatter bob = await Chatter.JoinAsync(two.LinesPort, "Bob");
        using Chatter ann = await Chatter.JoinAsync(one.LinesPort, "Ann");
        await bob.Heard.SkipToAsync($"{ann.Name} joined", line => line.EndsWith(" is now Ann", StringComparison.Ordinal));
        if (isDrained)
        {
            await using ChildProcess drain = ParleyBinary.Run("cluster", "drain", "node1", "--no-wait", "--cluster", address);
            Assert.Equal(0, await drain.ExitAsync());
        }

        await one.StopAsync();
        await ann.Heard.SkipToAsync("Server is shutting down");
        await bob.Heard.SkipToAsync("Ann left");
        await bob.SayAndHearAsync("on we go");
        await two.StopAsync();
    }

    [Fact]
    public async Task Irc_says_at_which_node_somebody_is_and_how_many_there_are_and_the_status_page_and_metrics_know_all()
    {
        string address = database.NewEmptyAddress();
        using TemporaryFolder folder = new();
        await using ParleyServer one = await StartAsync(address, folder.Path, "node1", "--irc", "127.0.0.1:0", "--http", "127.0.0.1:0");
        await using ParleyServer two = await StartAsync(address, folder.Path, "node2");
        using Chatter bob = await Chatter.JoinAsync(two.LinesPort, "Bob");
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{one.HttpPort}") };

        // The first answer in which node1 has heard from node2 since Bob came.
        JsonElement[] nodes;
        do
        {
            nodes = [.. JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync("/status/data", Token)).GetProperty("nodes").EnumerateArray()];
        }
        while (nodes is not [_, { } second] || second.GetProperty("sessions").GetInt32() == 0);

        Assert.Equal(
            ["node1 active home=True self=True", "node2 active home=False self=False"],
            nodes.Select(node => $"{node.GetProperty("name")} {node.GetProperty("state")} home={node.GetProperty("isHome")} self={node.GetProperty("isSelf")}"));
        string metrics = await http.GetStringAsync("/metrics", Token);
        Assert.Contains("\nparley_cluster_nodes 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nparley_cluster_home 1\n", metrics, StringComparison.Ordinal);

        using LineSocket ann = await LineSocket.ConnectAsync(one.IrcPort);
        foreach (string line in new[] { "NICK Ann", "USER ann 0 * :Ann", "WHOIS Bob", "LUSERS" })
        {
            await ann.SendLineAsync(line);
        }

        Assert.Equal(":parley 312 Ann Bob parley :Parley, node2", await SkipToAsync(ann, " 312 "));
        Assert.Equal(":parley 251 Ann :There are 2 users and 0 invisible on 2 servers", await SkipToAsync(ann, " 251 "));
        Assert.Equal(":parley 255 Ann :I have 1 clients and 1 servers", await SkipToAsync(ann, " 255 "));
    }

    private static async Task<string> SkipToAsync(LineSocket socket, string numeric)
    {
        while (await socket.ReadLineAsync() is { } line)
        {
            if (line.Contains(numeric, StringComparison.Ordinal))
            {
                return line.TrimEnd('\r');
            }
        }

        throw new InvalidOperationException($"The server closed before {numeric}");
    }

    private static Task<ParleyServer> StartAsync(string address, string folder, string node, params string[] settings)
        => ParleyServer.StartWithHistoryAsync(Path.Combine(folder, node), ["--cluster", address, "--node", node, .. settings]);
}
