using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>Limits, each told to the client as it ends: https://modern.ircdocs.horse/#error-message</summary>
public sealed class LimitTests : ConformanceTest
{
    private const string Error = "https://modern.ircdocs.horse/#error-message";

    [Fact]
    [Quote(Error, "This message is sent from a server to a client to report a fatal error, before terminating the client's connection.")]
    public async Task Whoever_does_not_register_in_time_is_told_so()
    {
        var client = await Server.ConnectAsync();
        await client.AskAsync("NICK Ann");

        Server.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(
            ["ERROR :No USER came within 30 s, connect again and send USER"],
            (await client.ReadToEndAsync()).Bodies());
    }

    [Fact]
    public async Task Whoever_negotiates_for_ever_is_told_the_same()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", "NICK Ann", "USER ann 0 * :Ann");
        await client.SyncAsync();

        Server.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(["ERROR"], (await client.ReadToEndAsync()).Commands());
    }

    [Fact]
    public async Task Too_many_connections_from_one_address_are_told_how_many_there_may_be()
    {
        await using var server = await StartLimitedAsync();
        await server.RegisterAsync("Ann");
        await server.RegisterAsync("Bob");

        var third = await server.ConnectAsync();

        Assert.Equal(
            ["ERROR :Too many connections from your address (at most 2), close one first"],
            (await third.ReadToEndAsync()).Bodies());
    }

    [Fact]
    public async Task A_full_server_says_so()
    {
        await using var server = await IrcServer.StartAsync(options => options.MaxConnections = 1);
        await server.RegisterAsync("Ann");

        var second = await server.ConnectAsync();

        Assert.Equal(
            ["ERROR :The server is full (1 connection), try again later"],
            (await second.ReadToEndAsync()).Bodies());
    }

    [Fact]
    public async Task Commands_over_the_rate_are_answered_later_and_not_lost_and_that_is_told_once()
    {
        await using var server = await StartLimitedAsync();
        var ann = await server.ConnectAsync();
        await ann.SendAllAsync([.. Enumerable.Range(1, 12).Select(i => $"PING {i}")]);
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal($"{i}", (await ann.ExpectAsync("PONG")).Text);
        }

        await ann.ExpectLineAsync(":parley NOTICE * :Your lines come faster than 5 a second: they wait their turn, and none is lost");
        for (var i = 11; i <= 12; i++)
        {
            await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(0.2));
            server.Time.Advance(TimeSpan.FromSeconds(0.2));
            Assert.Equal($"{i}", (await ann.ExpectAsync("PONG")).Text);
        }
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        var server = await IrcServer.StartAsync();
        var (ann, fresh) = (await server.RegisterAsync("Ann"), await server.ConnectAsync());
        await fresh.SyncAsync();

        var stopping = server.StopAsync();

        Assert.Equal(["ERROR :Server is shutting down"], (await ann.ReadToEndAsync()).Bodies());
        Assert.Equal(["ERROR :Server is shutting down"], (await fresh.ReadToEndAsync()).Bodies());

        // It waits for its clients to go, and its clock stands still.
        await ann.DisposeAsync();
        await fresh.DisposeAsync();
        await stopping;
        await server.DisposeAsync();
    }

    private static Task<IrcServer> StartLimitedAsync() => IrcServer.StartAsync(options =>
    {
        options.ExemptLoopback = false;
        options.MaxConnectionsPerAddress = 2;
        options.CommandBurst = 10;
        options.CommandRate = 5;
    });
}
