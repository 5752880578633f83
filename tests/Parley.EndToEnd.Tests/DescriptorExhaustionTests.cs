using System.Diagnostics;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A server without descriptors goes on with whom it has, does not spin, and takes the next as soon as it can.</summary>
/// <remarks>
/// The runtime needs descriptors of its own: a thread that it starts reads /sys/devices/system/cpu/possible, and a process
/// that cannot start a thread is ended with "Out of memory." and exit code 134. So the server must leave some free.
/// </remarks>
public sealed class DescriptorExhaustionTests(ITestOutputHelper output)
{
    /// <summary>What the runtime itself has open at the start is some 160; the rest is for connections.</summary>
    private const int Descriptors = 300;

    private const int TooMany = Descriptors;

    /// <summary>The one place where time passes: to see that nothing is burnt while nothing happens.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Running_out_of_descriptors_ends_neither_the_server_nor_anybodys_chat()
    {
        await using ParleyServer server = await ParleyServer.StartFromShellAsync($"ulimit -n {Descriptors}", "--max-connections", "100000");
        using Chatter ana = await Chatter.JoinAsync(server.LinesPort, "Ana");
        using Chatter ben = await Chatter.JoinAsync(server.LinesPort, "Ben");
        using Chatter alice = await Chatter.LogInAsync(server.AddressedPort, "alice");

        // The system completes connections that the server has not accepted: all of these are open, not all are greeted.
        List<Chatter> crowd = [];
        for (int i = 0; i < TooMany; i++)
        {
            crowd.Add(await Chatter.ConnectAsync(server.LinesPort, $"number {i} of the crowd"));
        }

        await OutOfDescriptorsAsync(server);
        output.WriteLine($"{ProcessStatus.OpenDescriptors(server.Id)} of {Descriptors} descriptors are open");

        // Those who were here still chat, and nothing is burnt.
        TimeSpan cpuBefore = ProcessStatus.CpuTime(server.Id);
        long start = Stopwatch.GetTimestamp();
        int roundTrips = 0;
        while (Stopwatch.GetElapsedTime(start) < Watched)
        {
            await ana.SayAndHearAsync($"round trip {roundTrips}");
            await ben.Heard.SkipToAsync($"Ana: round trip {roundTrips}");
            await ben.SayAsync($"/msg alice {roundTrips}");
            await alice.Heard.SkipToAsync($"from Ben: {roundTrips}");
            roundTrips++;
            await OutOfDescriptorsAsync(server);
        }

        double busy = (ProcessStatus.CpuTime(server.Id) - cpuBefore) / Stopwatch.GetElapsedTime(start);
        int greeted = crowd.Count(each => each.Heard.All.Contains("You joined main"));
        output.WriteLine($"{greeted} of {TooMany} came in; out of descriptors, with {roundTrips} round trips, the server used {busy:P0} of a core");
        Assert.InRange(greeted, 1, TooMany - 1);
        Assert.True(busy < 0.5, $"The server used {busy:P0} of a core while it had nothing to do.\n{server.Log}");

        // Each that goes makes room for one that waits.
        Chatter[] inside = [.. crowd.Where(each => each.Heard.All.Count > 0)];
        Chatter[] waiting = [.. crowd.Except(inside)];
        foreach (Chatter one in inside)
        {
            one.Dispose();
        }

        foreach (Chatter one in waiting.Take(inside.Length))
        {
            await one.GreetAsync();
        }

        // And whoever comes now comes in.
        crowd.ForEach(each => each.Dispose());
        using Chatter late = await Chatter.JoinAsync(server.LinesPort, "Late");
        await late.SayAndHearAsync("here I am");
        await ana.Heard.SkipToAsync("Late: here I am");
        using Chatter bob = await Chatter.LogInAsync(server.AddressedPort, "bob");
    }

    /// <summary>The server says so each time that it has tried and failed.</summary>
    private static Task<string> OutOfDescriptorsAsync(ParleyServer server) =>
        server.Log.SkipToAsync("that it is out of descriptors", line => line.Contains("out of descriptors", StringComparison.Ordinal));
}
