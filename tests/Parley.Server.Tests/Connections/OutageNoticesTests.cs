using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Connections;
using Parley.Server.Nodes;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Connections;

/// <summary>A node whose cluster cannot decide tells those who wait for it.</summary>
public sealed class OutageNoticesTests
{
    [Fact]
    public async Task Whoever_waits_during_an_outage_is_told_once_ahead_of_what_waits_and_nobody_else()
    {
        var nodes = new ScriptedNodes();
        var store = new ScriptedStore();
        await using var server = await RealServer.StartAsync(store: store, configureServices: services => services.AddSingleton<IServerNodes>(nodes));
        using var released = store;
        await using var ann = await EnterAsync(server, "Ann");
        await using var bob = await EnterAsync(server, "Bob");
        await ann.ReadUntilContainsAsync("JOIN");
        var held = store.Hold("is anybody there?");
        await ann.SendLineAsync("PRIVMSG #main :is anybody there?");
        await held;

        // Only slow, which nobody is told; then an outage; the next look tells nobody again.
        await TickAsync(server);
        nodes.IsStalled = true;
        await TickAsync(server);
        Assert.Equal($":parley NOTICE Ann :{OutageNotices.Words}\r", await ann.ReadLineAsync());
        await TickAsync(server);
        store.GoOn();
        await bob.ReadUntilContainsAsync("is anybody there?");
        nodes.IsStalled = false;
        await TickAsync(server);

        // Another outage is another.
        held = store.Hold("yes");
        await bob.SendLineAsync("PRIVMSG #main :yes");
        await held;
        nodes.IsStalled = true;
        await TickAsync(server);
        Assert.Equal($":parley NOTICE Bob :{OutageNotices.Words}\r", await bob.ReadLineAsync());
        store.GoOn();
        Assert.EndsWith(" PRIVMSG #main :yes\r", await ann.ReadLineAsync(), StringComparison.Ordinal);
    }

    private static async Task<ScriptedClient> EnterAsync(RealServer server, string name)
    {
        var client = await ScriptedClient.ConnectAsync(server.AddressOf("irc"), name);
        await client.SendLinesAsync($"NICK {name}", $"USER {name} 0 * :{name}", "JOIN #main");
        await client.ReadUntilContainsAsync(" 366 ");
        return client;
    }

    private static async Task TickAsync(RealServer server)
    {
        await server.Time.WhenPeriodicTimerArmedAsync(OutageNotices.Interval);
        server.Time.Advance(OutageNotices.Interval);
    }
}
