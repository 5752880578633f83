using System.Net;
using Parley.Server.Connections;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Connections;

/// <summary>A server that sends its people to others.</summary>
public sealed class ServerDrainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_beginning_on_it_is_not_ready_and_lets_nobody_in_and_those_who_are_here_may_go_on()
    {
        await using var server = await RealServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        var drain = server.DrainAsync();
        await server.Time.WhenTimerArmedAsync(ServerDrain.Notice);

        using var http = server.Http();
        using var ready = await http.GetAsync("/health/ready", Token);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "draining\n"), (ready.StatusCode, await ready.Content.ReadAsStringAsync(Token)));
        await using var late = await ScriptedClient.ConnectAsync(server.AddressOf("lines"), "late");
        Assert.Equal([ServerDrain.Words], await late.ReadToEndAsync());
        await ann.SendLineAsync("still here");
        await ann.ExpectAsync("Ann: still here");
        Assert.False(drain.IsCompleted);
    }

    [Fact]
    public async Task Each_protocol_is_told_to_come_back_and_those_who_stay_are_told_that_they_move()
    {
        var options = RealServer.FreePorts();
        options.DrainRate = 1;
        await using var server = await RealServer.StartAsync(options);
        await using var lines = await server.EnterAsync("Ann");
        await using var addressed = await ScriptedClient.ConnectAsync(server.AddressOf("addressed"), "Bob");
        await addressed.SendLinesAsync("Bob", "Bob: in");
        await addressed.ExpectAsync("from Bob: in");
        await using var irc = await ScriptedClient.ConnectAsync(server.AddressOf("irc"), "Cid");
        await irc.SendLinesAsync("NICK Cid", "USER cid 0 * :Cid", "JOIN #main");
        await irc.ReadUntilContainsAsync(" 366 ");
        Assert.Equal(3, server.Sessions);

        // Who gives up waiting ends nothing.
        using var gone = new CancellationTokenSource();
        var impatient = server.DrainAsync(gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        var drain = server.DrainAsync();
        Task<IReadOnlyList<string>>[] ends = [EndAsync(lines), EndAsync(addressed), EndAsync(irc)];
        await server.Time.WhenTimerArmedAsync(ServerDrain.Notice);
        server.Time.Advance(ServerDrain.Notice);

        // Other timers are of a second, too: a step may come before the drain waits for it.
        using var http = server.Http();
        while (!drain.IsCompleted)
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            await http.GetStringAsync("/health/live", Token);
        }

        var (annHeard, bobHeard, cidHeard) = (await ends[0], await ends[1], await ends[2]);
        Assert.Equal(ServerDrain.Words, annHeard[^1]);
        Assert.Equal($"error: {ServerDrain.Words}", bobHeard[^1]);
        Assert.Equal($"ERROR :{ServerDrain.Words}\r", cidHeard[^1]);
        Assert.True(
            annHeard.Contains("Cid left") || cidHeard.Any(line => line.EndsWith($" QUIT :{ServerDrain.PublicWords}\r", StringComparison.Ordinal)),
            string.Join('\n', [.. annHeard, .. cidHeard]));
        Assert.Equal(0, server.Sessions);
        Assert.Single(server.Log.Entries, entry => entry.Id == 304);
    }

    private static async Task<IReadOnlyList<string>> EndAsync(ScriptedClient client)
    {
        var lines = await client.ReadToEndAsync();
        await client.DisposeAsync();
        return lines;
    }
}
