using System.Diagnostics;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>From the start of the program to its first connection. Measured and shown, not asserted: tests never time.</summary>
/// <remarks>Runs by itself, so that what is shown means something.</remarks>
[Collection(nameof(Alone))]
public sealed class StartupTests(ITestOutputHelper output)
{
    private const int Starts = 10;

    [Fact]
    public async Task A_started_server_greets_its_first_connection()
    {
        List<double> milliseconds = [];
        for (int i = 0; i < Starts; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await using ParleyServer server = await ParleyServer.StartAsync();
            using LineSocket first = await LineSocket.ConnectAsync(server.LinesPort);
            Assert.Equal("Server commands", await first.ReadLineAsync());
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        milliseconds.Sort();
        string all = string.Join(", ", milliseconds.Select(time => $"{time:F0}"));
        output.WriteLine($"start to first greeting: median {milliseconds[Starts / 2]:F0} ms of {Starts} starts ({all})");
    }
}

/// <summary>Tests in this collection run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
