using System.Text.Json;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>
/// A sweep of hosts that answer, refuse and are silent finds out which is which, in about the time of one timeout. The hosts
/// are network namespaces: nothing is sent beyond them and this machine.
/// </summary>
public sealed class SweepTests(ITestOutputHelper output)
{
    private const int Silent = 60;

    /// <summary>Long enough for an answer on a loaded machine.</summary>
    private const int TimeoutSeconds = 5;

    /// <summary>A tenth of what the silent ones alone would take one after the other.</summary>
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(Silent * TimeoutSeconds / 10);

    [Fact]
    public async Task Connecting_tells_who_listens_who_refuses_and_who_is_silent()
    {
        await using NetworkNamespaces spaces = await NetworkNamespaces.CreateAsync();
        await using ChildProcess first = await ListenAsync(spaces, "198.18.7.3:4000");
        await using ChildProcess second = await ListenAsync(spaces, "198.18.7.5:4000");

        Dictionary<string, string> results = await SweepAsync(spaces, "198.18.7.1-20", $"198.18.8.1-{Silent}", "--port", "4000");

        Assert.Equal(20 + Silent, results.Count);
        Assert.All(results, result => Assert.Equal(
            result.Key is "198.18.7.3" or "198.18.7.5" ? "answered" : result.Key.StartsWith("198.18.7.", StringComparison.Ordinal) ? "refused" : "silent",
            result.Value));
    }

    [Fact]
    public async Task Pinging_tells_who_is_there_and_who_is_silent()
    {
        await using NetworkNamespaces spaces = await NetworkNamespaces.CreateAsync();

        Dictionary<string, string> results = await SweepAsync(spaces, "198.18.7.1-20", $"198.18.8.1-{Silent}");

        Assert.Equal(20 + Silent, results.Count);
        Assert.All(results, result => Assert.Equal(
            result.Key.StartsWith("198.18.7.", StringComparison.Ordinal) ? "answered" : "silent", result.Value));
    }

    [Fact]
    public async Task Parley_is_told_from_an_echo_server_at_the_same_port()
    {
        await using NetworkNamespaces spaces = await NetworkNamespaces.CreateAsync();
        await using ChildProcess parley = spaces.RunAtHosts(ParleyBinary.Path, "serve", "--lines", "198.18.7.2:42069", "--addressed", "off", "--irc", "off", "--http", "off");
        await parley.Output.SkipToAsync("ready");
        await using ChildProcess echo = await ListenAsync(spaces, "198.18.7.3:42069");

        Dictionary<string, string> results = await SweepAsync(spaces, "198.18.7.1-4", "--parley");

        Assert.Equal(
            ["198.18.7.1 refused", "198.18.7.2 answered", "198.18.7.3 other", "198.18.7.4 refused"],
            results.Select(result => $"{result.Key} {result.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task All_of_this_machine_answer_in_about_the_time_of_one_timeout()
    {
        // Whoever may not ping still has a sweep: at a port where nobody listens, everybody refuses.
        bool mayPing;
        await using (ChildProcess ping = ParleyBinary.Run("sweep", "127.0.0.1", "--timeout", $"{TimeoutSeconds}"))
        {
            mayPing = await ping.ExitAsync() == 0;
        }

        string[] how = mayPing ? [] : ["--port", "1"];
        await using ChildProcess sweep = ParleyBinary.Run(["sweep", "127.0.0.1-254", "--json", "--timeout", $"{TimeoutSeconds}", .. how]);
        await sweep.ExitAsync();

        Dictionary<string, string> results = await ReadAsync(sweep);
        Assert.Equal(254, results.Count);
        Assert.All(results, result => Assert.Equal(mayPing ? "answered" : "refused", result.Value));
    }

    private static async Task<ChildProcess> ListenAsync(NetworkNamespaces spaces, string address)
    {
        ChildProcess server = spaces.RunAtHosts(ParleyBinary.Path, "echo", "serve", address);
        await server.Output.SkipToAsync("ready");
        return server;
    }

    private async Task<Dictionary<string, string>> SweepAsync(NetworkNamespaces spaces, params string[] arguments)
    {
        await using ChildProcess sweep = spaces.RunHere([ParleyBinary.Path, "sweep", "--json", "--timeout", $"{TimeoutSeconds}", .. arguments]);
        await sweep.ExitAsync();
        return await ReadAsync(sweep);
    }

    private async Task<Dictionary<string, string>> ReadAsync(ChildProcess sweep)
    {
        Dictionary<string, string> results = [];
        while (await sweep.Output.NextAsync() is { } line)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("summary", out JsonElement summary))
            {
                output.WriteLine(line);
                Assert.True(summary.GetProperty("elapsedMs").GetDouble() < TooLong.TotalMilliseconds, $"It took too long: {line}");
            }
            else
            {
                results.Add(json.RootElement.GetProperty("target").GetString()!, json.RootElement.GetProperty("result").GetString()!);
            }
        }

        return results;
    }
}
