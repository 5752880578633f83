namespace Parley.Client.Tests.Returning;

public sealed class BackpressureTests
{
    [Fact(Timeout = 30_000)]
    public async Task Who_does_not_read_events_makes_the_server_wait_and_misses_nothing()
    {
        const int Lines = 60_000;
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options(maxPendingEvents: 10));
        await using var events = new EventLog(client);
        using Guest guest = await server.GreetAsync("AwesomeVulture");
        await events.NextAsync<ClientEvent.Connected>();

        // Far more than the sockets of this machine hold, so it can only be taken when it is read.
        string padding = new('x', 200);
        Task saying = guest.SayAsync(string.Concat(Enumerable.Range(0, Lines).Select(number => $"Bob: {number} {padding}\n")));
        for (int number = 0; number < Lines; number++)
        {
            Assert.Equal($"{number} {padding}", (await events.NextLineAsync()).Text);
            Assert.False(number == 0 && saying.IsCompleted);
        }

        await saying;
    }
}
