using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Connections;

public sealed class SlowReaderTests
{
    [Fact]
    public async Task A_client_that_does_not_read_never_delays_another()
    {
        await using var server = await RealServer.StartAsync();
        await using var stalled = await server.EnterAsync("Stalled", receiveBufferBytes: 4096);
        await using var ann = await server.EnterAsync("Ann");
        await using var bob = await server.EnterAsync("Bob");
        await ann.ReadUntilAsync((await ann.ExpectMatchAsync("(?<name>.*) joined")).Groups["name"].Value + " is now Bob");
        var text = new string('x', 390);

        // 8 MB: more than the kernel and the stalled one's outbox take together.
        for (var i = 0; i < 2000; i++)
        {
            await ann.SendLinesAsync(text, text, text, text, text, text, text, text, text, $"{i}");
            await bob.ReadUntilAsync($"Ann: {i}");
            await ann.ReadUntilAsync($"Ann: {i}");
        }

        // Lines are whole, whatever was let go between them.
        var before = await stalled.ReadUntilAsync("Ann: 1999");
        Assert.All(before.Skip(4), line => Assert.Matches($"^(Ann: {text}|Ann: [0-9]{{1,4}}|Server is very busy and dropped [0-9]+ messages, sorry!)$", line));
        Assert.Contains(before, line => line.StartsWith("Server is very busy and dropped ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TransportKind.Loops)]
    [InlineData(TransportKind.Kestrel)]
    public async Task A_sender_that_does_not_read_while_the_server_stops_gets_everything_when_it_does(TransportKind transport)
    {
        await using var server = new TestServer();
        var handler = new WatchedHandler(server);
        var address = await server.ListenAsync(transport == TransportKind.Loops, handler);
        var slow = await server.ConnectAsync(address, "Slow", receiveBufferBytes: 4096);

        // Its own echoes fill its outbox until it is read from no more; lines of it lie unread in the kernel when the
        // server stops. To close a socket like that at once would reset it, and lose what it was still to be sent.
        var sending = Task.Run(async () =>
        {
            try
            {
                for (var i = 0; i < 40_000; i++)
                {
                    await slow.SendLineAsync(new string('y', 380));
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The server reads no more.
            }
        }, TestContext.Current.CancellationToken);

        // Reading pauses above a quarter, counting what is still to be delivered, and goes on at an eighth: what the kernel
        // takes in between can leave the outbox anywhere above the eighth, and for good.
        while (handler.Session.Outbox.WaitingBytes <= server.Options.MaxOutboxBytes / 8)
        {
            Assert.False(sending.IsCompleted, "the kernel took it all");
            await Task.Yield();
        }

        var stopping = server.StopAsync();
        var lines = await slow.ReadToEndAsync();
        Assert.Contains("Server is shutting down", lines);
        await slow.CloseAsync();
        await stopping;
        await sending;
    }
}
