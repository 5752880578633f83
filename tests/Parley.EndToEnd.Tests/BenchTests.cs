using System.Text.Json;
using System.Xml.Linq;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary><c>parley bench</c> against the real server, and against one whose lines go astray.</summary>
public sealed class BenchTests
{
    private static readonly string[] Short = ["--duration", "300ms", "--warm-up", "0s"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--window", "4")]
    [InlineData("--rate", "200")]
    [InlineData("--rate", "200", "--ramp", "500ms")]
    public async Task A_run_in_which_all_messages_come_exits_with_0(params string[] loop)
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using ChildProcess bench = Run($"127.0.0.1:{server.LinesPort}", ["--clients", "10", "--rooms", "2", "--senders", "4", "--drain", "1m", .. Short, .. loop]);

        Assert.True(await bench.ExitAsync() == 0, $"{bench}");
        AssertTold(bench, "Lost       0");
        AssertTold(bench, "Reordered  0");
        AssertTold(bench, "Duplicated 0");
        AssertTold(bench, "Errors     0");
    }

    [Theory]
    [InlineData("lines", false)]
    [InlineData("irc", false)]
    [InlineData("ws", false)]
    [InlineData("lines", true)]
    [InlineData("irc", true)]
    [InlineData("ws", true)]
    public async Task Every_way_to_the_server_is_measured_and_checked_alike(string protocol, bool isTls)
    {
        using TemporaryFolder folder = new();
        using TlsPlace place = new();
        await using ParleyServer server = await ParleyServer.StartAsync(["--irc", "127.0.0.1:0", "--http", "127.0.0.1:0", .. place.Settings]);
        int port = server.PortOf((protocol, isTls) switch
        {
            ("lines", false) => "lines",
            ("lines", true) => "lines-tls",
            ("irc", false) => "irc",
            ("irc", true) => "ircs",
            (_, false) => "http",
            _ => "https",
        });
        string json = Path.Combine(folder.Path, "now.json");
        await using ChildProcess bench = Run($"127.0.0.1:{port}",
            ["--protocol", protocol, .. isTls ? ["--tls-pin", place.Fingerprint] : Array.Empty<string>(), "--clients", "6", "--rooms", "2", "--senders", "2", "--drain", "1m", "--json", json, .. Short]);
        Assert.True(await bench.ExitAsync() == 0, $"{bench}");

        // Three in each room hear all that is said there, themselves included.
        using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(json, Token));
        long sent = report.RootElement.GetProperty("sent").GetInt64();
        Assert.True(sent > 0);
        Assert.Equal(sent * 3, report.RootElement.GetProperty("received").GetInt64());
        Assert.Equal(0, report.RootElement.GetProperty("lost").GetInt64() + report.RootElement.GetProperty("errors").GetInt64());
    }

    [Fact]
    public async Task A_message_that_one_client_does_not_get_is_found_over_irc_too()
    {
        await using ChildProcess lost = await RunWithAsync(FaultyProxy.Drop(3), "irc");
        await using ChildProcess twice = await RunWithAsync(FaultyProxy.Repeat(3), "irc");

        Assert.True(await lost.ExitAsync() == 1, $"{lost}");
        AssertTold(lost, "Lost       1");
        Assert.True(await twice.ExitAsync() == 1, $"{twice}");
        AssertTold(twice, "Duplicated 1");
    }

    [Fact]
    public async Task Whoever_is_not_the_pinned_server_is_not_talked_to()
    {
        using TlsPlace place = new();
        await using ParleyServer server = await ParleyServer.StartAsync(["--http", "127.0.0.1:0", .. place.Settings]);
        foreach ((string protocol, string listener) in ((string, string)[])[("ws", "https"), ("irc", "ircs"), ("lines", "lines-tls")])
        {
            foreach (string[] trust in (string[][])[["--tls"], ["--tls-pin", new string('0', 64)]])
            {
                await using ChildProcess bench = Run($"127.0.0.1:{server.PortOf(listener)}", ["--protocol", protocol, .. trust]);

                Assert.Equal(1, await bench.ExitAsync());
                Assert.Contains("give its fingerprint with --tls-pin", Assert.Single(bench.Errors.All), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_report_adds_up_is_drawn_and_can_be_compared()
    {
        string folder = Directory.CreateTempSubdirectory("parley-bench").FullName;
        try
        {
            string json = Path.Combine(folder, "now.json");
            string svg = Path.Combine(folder, "now.svg");
            await using ParleyServer server = await ParleyServer.StartAsync();
            await using ChildProcess bench = Run($"127.0.0.1:{server.LinesPort}",
                ["--clients", "6", "--rooms", "2", "--senders", "2", "--drain", "1m", "--json", json, "--svg", svg, .. Short]);
            Assert.True(await bench.ExitAsync() == 0, $"{bench}");

            using JsonDocument report = JsonDocument.Parse(await File.ReadAllTextAsync(json, Token));
            long sent = report.RootElement.GetProperty("sent").GetInt64();
            Assert.True(sent > 0);
            // Three in each room hear all that is said there.
            Assert.Equal(sent * 3, report.RootElement.GetProperty("received").GetInt64());
            Assert.Equal(sent * 3, report.RootElement.GetProperty("latency").GetProperty("count").GetInt64());
            Assert.Equal("svg", XDocument.Load(svg).Root!.Name.LocalName);

            await using ChildProcess same = ParleyBinary.Run("bench", "compare", json, json);
            Assert.Equal(0, await same.ExitAsync());
            await same.Output.SkipToAsync("No regression");

            string worse = Path.Combine(folder, "worse.json");
            await File.WriteAllTextAsync(worse, (await File.ReadAllTextAsync(json, Token)).Replace("\"lost\": 0", "\"lost\": 1", StringComparison.Ordinal), Token);
            await using ChildProcess different = ParleyBinary.Run("bench", "compare", json, worse);
            Assert.Equal(1, await different.ExitAsync());
            await different.Output.SkipToAsync("Regression: lost");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_message_that_one_client_does_not_get_is_found()
    {
        await using ChildProcess bench = await RunWithAsync(FaultyProxy.Drop(3));

        Assert.True(await bench.ExitAsync() == 1, $"{bench}");
        AssertTold(bench, "Lost       1");
        AssertTold(bench, "Reordered  0");
        AssertTold(bench, "Duplicated 0");
    }

    [Fact]
    public async Task Two_messages_of_one_sender_that_change_places_are_found()
    {
        await using ChildProcess bench = await RunWithAsync(FaultyProxy.Swap(3));

        Assert.True(await bench.ExitAsync() == 1, $"{bench}");
        AssertTold(bench, "Lost       0");
        AssertTold(bench, "Reordered  1");
        AssertTold(bench, "Duplicated 0");
    }

    [Fact]
    public async Task A_message_that_comes_twice_is_found()
    {
        await using ChildProcess bench = await RunWithAsync(FaultyProxy.Repeat(3));

        Assert.True(await bench.ExitAsync() == 1, $"{bench}");
        AssertTold(bench, "Lost       0");
        AssertTold(bench, "Reordered  0");
        AssertTold(bench, "Duplicated 1");
    }

    [Fact]
    public async Task A_client_that_sees_two_senders_the_other_way_round_is_found()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using FaultyProxy proxy = new(server.LinesPort, FaultyProxy.Swap(1));
        // Two messages, due a second apart, one of each sender: they reach all clients in this order, but for the harm done.
        await using ChildProcess bench = Run(proxy.Address,
            ["--clients", "3", "--senders", "2", "--rate", "1", "--drain", "1m", "--duration", "2s", "--warm-up", "0s"]);

        Assert.True(await bench.ExitAsync() == 1, $"{bench}");
        AssertTold(bench, "Reordered  0");
        AssertTold(bench, "Order      1 client saw the senders' messages interleaved in another way than the rest of the room");
    }

    [Fact]
    public async Task Messages_that_are_too_long_for_the_server_are_told_in_its_words()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        await using ChildProcess bench = Run($"127.0.0.1:{server.LinesPort}",
            ["--clients", "2", "--senders", "1", "--size", "401", "--rate", "20", "--drain", "100ms", .. Short]);

        Assert.True(await bench.ExitAsync() == 1, $"{bench}");
        AssertTold(bench, "           Messages can only be 400 bytes long");
    }

    [Fact]
    public async Task A_full_server_is_told_in_its_words()
    {
        await using ParleyServer server = await ParleyServer.StartAsync("--max-connections", "5");
        await using ChildProcess bench = Run($"127.0.0.1:{server.LinesPort}", ["--clients", "20", .. Short]);

        Assert.True(await bench.ExitAsync() == 1, $"{bench}");
        string told = (await bench.Errors.NextAsync("the refusal"))!;
        Assert.Matches("^After [0-9] of 20 connections: The server (refused a connection: The server is full|closed a connection)", told);
    }

    /// <summary>Two clients, of whom one talks, so fast that there is always a next message; one of the clients by way of the proxy's harm.</summary>
    private static async Task<ChildProcess> RunWithAsync(Fault fault, string protocol = "lines")
    {
        ParleyServer server = await ParleyServer.StartAsync("--irc", "127.0.0.1:0");
        FaultyProxy proxy = new(server.PortOf(protocol), fault);
        ChildProcess bench = Run(proxy.Address, ["--protocol", protocol, "--clients", "2", "--senders", "1", "--window", "8", "--drain", "5s", .. Short]);
        await bench.ExitAsync();
        await proxy.DisposeAsync();
        await server.DisposeAsync();
        return bench;
    }

    private static ChildProcess Run(string address, string[] arguments) => ParleyBinary.Run(["bench", address, .. arguments]);

    private static void AssertTold(ChildProcess bench, string line) =>
        Assert.True(bench.Output.All.Contains(line, StringComparer.Ordinal), $"No '{line}'.\n{bench}");
}
