using System.Net;
using System.Net.Sockets;

namespace Parley.Client.Tests.Returning;

/// <summary>A client that knows several servers of a cluster.</summary>
public sealed class OtherServersTests
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task After_a_lost_connection_it_goes_to_the_next_and_from_the_last_to_the_first_each_after_the_first_delay()
    {
        using var one = new LinesServer();
        using var two = new LinesServer();
        await using ParleyClient client = await ConnectAsync(one, one, two);
        await using var events = new EventLog(client);
        using (Guest first = await one.GreetAsync("AwesomeVulture"))
        {
            await events.NextAsync<ClientEvent.Connected>();
            await first.SayAsync("AwesomeVulture is now Ana\nYou joined rust\n");
            await events.NextLineAsync();
            await events.NextLineAsync();
            first.Reset();
        }

        await ReturnAsync(one, events);
        using (Guest second = await two.GreetAsync("BraveOtter"))
        {
            Assert.Equal("/name Ana", await second.HearAsync());
            Assert.Equal("/join rust", await second.HearAsync());
            Assert.True((await events.NextAsync<ClientEvent.Connected>()).IsReturn);
            second.Reset();
        }

        // The second failure in a row, and the first time that this one is asked again.
        await ReturnAsync(one, events);
        using Guest third = await one.GreetAsync("CalmOtter");
        Assert.Equal("/name Ana", await third.HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task At_first_it_goes_to_the_first_that_answers()
    {
        using var one = new LinesServer();
        using var two = new LinesServer();
        one.Close();
        await using ParleyClient client = await ConnectAsync(one, one, two);
        await using var events = new EventLog(client);
        using Guest guest = await two.GreetAsync("BraveOtter");
        Assert.False((await events.NextAsync<ClientEvent.Connected>()).IsReturn);
    }

    [Fact(Timeout = 30_000)]
    public async Task Where_none_answers_that_is_thrown()
    {
        using var one = new LinesServer();
        using var two = new LinesServer();
        one.Close();
        two.Close();
        SocketException failure = await Assert.ThrowsAsync<SocketException>(() => ConnectAsync(one, one, two));
        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    private static async Task ReturnAsync(LinesServer clock, EventLog events)
    {
        Assert.Equal(FirstDelay, (await events.NextAsync<ClientEvent.Disconnected>()).RetryIn);
        await clock.Clock.WhenTimerArmedAsync(FirstDelay);
        clock.Clock.Advance(FirstDelay);
    }

    private static Task<ParleyClient> ConnectAsync(LinesServer clock, LinesServer first, params LinesServer[] others)
        => ParleyClient.ConnectAsync("127.0.0.1", first.Port, clock.Options(others: [.. others.Select(other => new DnsEndPoint("127.0.0.1", other.Port))]), Token);
}
