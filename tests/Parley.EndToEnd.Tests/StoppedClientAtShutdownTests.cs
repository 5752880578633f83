using System.Diagnostics;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>A client that does not read holds the end of the server up for the drain timeout, and no longer.</summary>
public sealed class StoppedClientAtShutdownTests(ITestOutputHelper output)
{
    /// <summary>More than the system's buffers of a connection on this machine and the outbox hold together.</summary>
    private const int FilledBytes = 24 * 1024 * 1024;

    private const int BatchLines = 256;

    [Fact]
    public async Task A_client_that_has_stopped_reading_is_cut_off_after_the_drain_timeout()
    {
        await using ParleyServer server = await ParleyServer.StartAsync("--drain-timeout", "1s");
        await using ChildProcess stopped = Programs.StartNetcat(server.LinesPort);
        await stopped.Output.SkipToAsync("You joined main");
        using Chatter healthy = await Chatter.JoinAsync(server.LinesPort);
        await stopped.FreezeAsync();
        string batch = string.Concat(Enumerable.Repeat(new string('x', 390) + "\n", BatchLines - 1));
        for (int sent = 0; sent < FilledBytes; sent += batch.Length)
        {
            await healthy.SayAsync(batch + "end of batch");
            await healthy.Heard.SkipToAsync($"{healthy.Name}: end of batch");
        }

        long start = Stopwatch.GetTimestamp();
        server.Signal(Signals.Terminate);
        await healthy.Heard.SkipToAsync("Server is shutting down");
        await healthy.Heard.ExpectEndAsync();
        healthy.Dispose();

        Assert.Equal(0, await server.ExitAsync());
        output.WriteLine($"drain timeout 1 s: the server ended after {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        await server.Log.SkipToAsync("that it was cut off", line => line.Contains("did not read what was pending", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_has_stopped_with_nothing_pending_does_not_hold_the_server_up_for_ever()
    {
        await using ParleyServer server = await ParleyServer.StartAsync("--drain-timeout", "1s");
        await using ChildProcess stopped = Programs.StartNetcat(server.LinesPort);
        await stopped.Output.SkipToAsync("You joined main");
        await stopped.FreezeAsync();

        long start = Stopwatch.GetTimestamp();
        server.Signal(Signals.Terminate);

        Assert.Equal(0, await server.ExitAsync());
        output.WriteLine($"drain timeout 1 s: the server ended after {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");

        stopped.Signal(Signals.Continue);
        await stopped.Output.ExpectAsync("Server is shutting down");
        await stopped.ExpectClosedAsync();
    }
}
