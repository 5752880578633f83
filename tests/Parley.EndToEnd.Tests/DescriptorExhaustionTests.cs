using System.Diagnostics;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A server with more visitors than descriptors goes on with whom it has, says so to the others, and does not spin.</summary>
/// <remarks>
/// It must not take the last descriptor: a thread that the runtime starts needs one for a moment, and a process that cannot
/// start a thread is ended.
/// </remarks>
public sealed class DescriptorExhaustionTests(ITestOutputHelper output)
{
    /// <summary>What the runtime itself has open at the start is some 160; the rest, less a reserve, is for connections.</summary>
    private const int Descriptors = 300;

    private const int TooMany = Descriptors;

    /// <summary>The one place where time passes: to see that nothing is burnt while nothing happens.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Whoever_only_connects_to_HTTP_takes_no_descriptor_that_somebody_needs_to_chat()
    {
        await using ParleyServer server = await ParleyServer.StartFromShellAsync($"ulimit -n {Descriptors}", "--http", "127.0.0.1:0");
        using Chatter ana = await Chatter.JoinAsync(server.LinesPort, "Ana");
        List<LineSocket> crowd = [];
        for (int i = 0; i < TooMany; i++)
        {
            crowd.Add(await LineSocket.ConnectAsync(server.HttpPort));
        }

        output.WriteLine($"{ProcessStatus.OpenDescriptors(server.Id)} of {Descriptors} descriptors are open");
        using Chatter ben = await Chatter.JoinAsync(server.LinesPort, "Ben");
        await ben.SayAndHearAsync("still here");
        await ana.Heard.SkipToAsync("Ben: still here");
        foreach (LineSocket one in crowd)
        {
            one.Dispose();
        }
    }

    [Fact]
    public async Task Running_out_of_descriptors_ends_neither_the_server_nor_anybodys_chat()
    {
        await using ParleyServer server = await ParleyServer.StartFromShellAsync($"ulimit -n {Descriptors}", "--max-connections", "100000");
        using Chatter ana = await Chatter.JoinAsync(server.LinesPort, "Ana");
        using Chatter ben = await Chatter.JoinAsync(server.LinesPort, "Ben");
        using Chatter alice = await Chatter.LogInAsync(server.AddressedPort, "alice");
        List<Chatter> inside = [];
        int told = 0;
        for (int i = 0; i < TooMany; i++)
        {
            Chatter visitor = await Chatter.ConnectAsync(server.LinesPort, $"number {i} of the crowd");
            switch (await visitor.Heard.NextAsync())
            {
                case "Server commands":
                    inside.Add(visitor);
                    break;
                case null:
                    // Too many were being told already.
                    visitor.Dispose();
                    break;
                case var refusal:
                    Assert.Matches(@"^The server is full \(\d+ connections\), try again later$", refusal);
                    visitor.Dispose();
                    told++;
                    break;
            }
        }

        output.WriteLine($"{inside.Count} of {TooMany} came in, {told} were told why not; {ProcessStatus.OpenDescriptors(server.Id)} of {Descriptors} descriptors are open");
        Assert.InRange(inside.Count, 1, TooMany - 1);
        Assert.InRange(told, 1, TooMany - inside.Count);

        // Those who were here still chat, and nothing is burnt.
        TimeSpan cpuBefore = ProcessStatus.CpuTime(server.Id);
        long start = Stopwatch.GetTimestamp();
        int roundTrips = 0;
        while (Stopwatch.GetElapsedTime(start) < Watched || roundTrips == 0)
        {
            await ana.SayAndHearAsync($"round trip {roundTrips}");
            await ben.Heard.SkipToAsync($"Ana: round trip {roundTrips}");
            await ben.SayAsync($"/msg alice {roundTrips}");
            await alice.Heard.SkipToAsync($"from Ben: {roundTrips}");
            roundTrips++;
        }

        double busy = (ProcessStatus.CpuTime(server.Id) - cpuBefore) / Stopwatch.GetElapsedTime(start);
        output.WriteLine($"with {roundTrips} round trips the server used {busy:P0} of a core");

        // Each that goes makes room for another.
        foreach (Chatter one in inside)
        {
            await one.SayAsync("/quit");
            while (await one.Heard.NextAsync() is not null)
            {
            }

            one.Dispose();
        }

        using Chatter late = await Chatter.JoinAsync(server.LinesPort, "Late");
        await late.SayAndHearAsync("here I am");
        await ana.Heard.SkipToAsync("Late: here I am");
        using Chatter bob = await Chatter.LogInAsync(server.AddressedPort, "bob");
    }
}
