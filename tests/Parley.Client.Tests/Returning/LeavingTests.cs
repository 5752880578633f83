namespace Parley.Client.Tests.Returning;

public sealed class LeavingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Leaving_says_quit_behind_everything_else_and_waits_for_the_server()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using Guest guest = await server.GreetAsync("AwesomeVulture");
        await events.NextAsync<ClientEvent.Connected>();
        await client.SendAsync("bye", Token);

        Task leaving = client.LeaveAsync(Token);

        Assert.Equal("bye", await guest.HearAsync());
        Assert.Equal("/quit", await guest.HearAsync());
        Assert.False(leaving.IsCompleted);
        guest.Dispose();
        await leaving;
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/quit")]
    [InlineData("/quit now")]
    public async Task After_a_quit_the_client_does_not_come_back(string quit)
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using Guest guest = await server.GreetAsync("AwesomeVulture");
        await events.NextAsync<ClientEvent.Connected>();

        await client.SendAsync(quit, Token);
        guest.Dispose();

        Assert.Null(await events.NextAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Leaving_while_there_is_no_connection_is_done_at_once()
    {
        using var server = new LinesServer();
        await using ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        (await server.GreetAsync("AwesomeVulture")).Dispose();
        await events.NextAsync<ClientEvent.Disconnected>();

        await client.LeaveAsync(Token);
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_ends_the_events()
    {
        using var server = new LinesServer();
        ParleyClient client = await server.ConnectAsync(server.Options());
        await using var events = new EventLog(client);
        using Guest guest = await server.GreetAsync("AwesomeVulture");
        await events.NextAsync<ClientEvent.Connected>();

        await client.DisposeAsync();
        await client.DisposeAsync();

        Assert.Null(await events.NextAsync());
        Assert.Null(await guest.HearAsync());
    }
}
