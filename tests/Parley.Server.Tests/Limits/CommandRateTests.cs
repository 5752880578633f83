using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Limits;

public sealed class CommandRateTests
{
    private static readonly TimeSpan Fifth = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task After_ten_at_once_come_five_a_second_and_none_is_lost()
    {
        await using var server = new TestServer();
        var loud = await FloodAsync(server);
        for (var i = 10; i < 20; i++)
        {
            await server.Time.WhenTimerArmedAsync(Fifth);
            server.Time.Advance(Fifth);
            await loud.ExpectAsync($"Loud: {i}");
        }
    }

    [Fact]
    public async Task Who_is_delayed_delays_nobody_else_and_still_hears_the_others()
    {
        await using var server = new TestServer();
        var loud = await FloodAsync(server);
        await server.Time.WhenTimerArmedAsync(Fifth);
        var ann = server.OpenLines("192.0.2.2");
        await ann.ReadUntilAsync("You joined main");
        await ann.SendLineAsync("hello");
        await loud.ExpectMatchAsync(@"\w+ joined");
        await loud.ExpectMatchAsync(@"\w+: hello");
    }

    [Fact]
    public async Task Whoever_is_disconnected_says_none_of_the_lines_that_wait()
    {
        await using var server = new TestServer();
        var loud = await FloodAsync(server);
        await server.Time.WhenTimerArmedAsync(Fifth);
        Assert.True(UserName.TryParse("Loud", out var name));

        await server.Broker.AskAsync(SessionId.Server, new Disconnect(name, "That was enough"), TestContext.Current.CancellationToken);
        server.Time.Advance(Fifth);

        await loud.ExpectAsync("That was enough");
        await loud.ExpectClosedAsync();
    }

    /// <summary>The last line, too, although nothing but the end of the stream says that it is one.</summary>
    [Fact]
    public async Task Whoever_is_disconnected_does_not_say_the_unfinished_line_that_waits()
    {
        await using var server = new TestServer(new ParleyOptions { CommandBurst = 1, CommandRate = 5 });
        var ann = await server.LogInAsync("ann");
        var alice = server.OpenAddressed("192.0.2.1");
        await alice.SendBytesAsync("alice\nann: psst"u8.ToArray());
        await alice.CompleteSendingAsync();
        await server.Time.WhenTimerArmedAsync(Fifth);
        Assert.True(UserName.TryParse("alice", out var name));

        await server.Broker.AskAsync(SessionId.Server, new Disconnect(name, "That was enough"), TestContext.Current.CancellationToken);
        server.Time.Advance(Fifth);

        await alice.ExpectAsync("error: That was enough");
        await alice.ExpectClosedAsync();
        await ann.SendLineAsync("ann: nobody?");
        await ann.ExpectAsync("from ann: nobody?");
    }

    [Fact]
    public async Task Silence_gives_the_burst_back_and_no_more()
    {
        await using var server = new TestServer();
        var loud = await server.EnterAsync("Loud", "192.0.2.1");
        server.Time.Advance(TimeSpan.FromHours(1));
        await loud.SendLinesAsync([.. Enumerable.Range(0, 11).Select(i => $"{i}")]);
        await loud.ExpectAsync([.. Enumerable.Range(0, 10).Select(i => $"Loud: {i}")]);
        await server.Time.WhenTimerArmedAsync(Fifth);
        server.Time.Advance(Fifth);
        await loud.ExpectAsync("Loud: 10");
    }

    [Fact]
    public async Task This_machine_is_exempt()
    {
        await using var server = new TestServer();
        var loud = await server.EnterAsync("Loud");
        await loud.SendLinesAsync([.. Enumerable.Range(0, 200).Select(i => $"{i}")]);
        await loud.ExpectAsync([.. Enumerable.Range(0, 200).Select(i => $"Loud: {i}")]);
    }

    [Fact]
    public async Task Burst_and_rate_are_settings()
    {
        await using var server = new TestServer(new ParleyOptions { CommandBurst = 2, CommandRate = 1 });
        var loud = await server.EnterAsync("Loud", "192.0.2.1");
        server.Time.Advance(TimeSpan.FromSeconds(10));
        await loud.SendLinesAsync("a", "b", "c");
        await loud.ExpectAsync("Loud: a", "Loud: b");
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(1));
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await loud.ExpectAsync("Loud: c");
    }

    [Fact]
    public async Task It_holds_for_the_addressed_protocol_too()
    {
        await using var server = new TestServer(new ParleyOptions { CommandBurst = 2, CommandRate = 5 });
        var alice = server.OpenAddressed("192.0.2.1");
        await alice.SendLinesAsync("alice", "alice: a", "alice: b");
        await alice.ExpectAsync("from alice: a");
        await server.Time.WhenTimerArmedAsync(Fifth);
        server.Time.Advance(Fifth);
        await alice.ExpectAsync("from alice: b");
    }

    /// <summary>What a client sent before its end of stream is delayed as well, and not lost.</summary>
    [Fact]
    public async Task Lines_sent_before_a_half_close_are_delayed_not_lost()
    {
        await using var server = new TestServer(new ParleyOptions { CommandBurst = 1, CommandRate = 5 });
        var alice = server.OpenAddressed("192.0.2.1");
        await alice.SendLinesAsync("alice", "alice: a", "alice: b");
        await alice.CompleteSendingAsync();
        foreach (var text in new[] { "a", "b" })
        {
            await server.Time.WhenTimerArmedAsync(Fifth);
            server.Time.Advance(Fifth);
            await alice.ExpectAsync("from alice: " + text);
        }

        await alice.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_stopping_server_delays_no_more()
    {
        await using var server = new TestServer(new ParleyOptions { CommandBurst = 1, CommandRate = 1 });
        var alice = server.OpenAddressed("192.0.2.1");
        await alice.SendLinesAsync("alice", "alice: a", "alice: b");
        await server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(1));
        var stopping = server.StopAsync();
        await alice.ExpectAsync("from alice: a", "from alice: b", "error: Server is shutting down");
        await alice.ExpectClosedAsync();
        await stopping;
    }

    /// <summary>Somebody who has said twenty things at once, of which ten have come.</summary>
    private static async Task<ScriptedClient> FloodAsync(TestServer server)
    {
        var loud = await server.EnterAsync("Loud", "192.0.2.1");
        server.Time.Advance(TimeSpan.FromSeconds(10));
        await loud.SendLinesAsync([.. Enumerable.Range(0, 20).Select(i => $"{i}")]);
        await loud.ExpectAsync([.. Enumerable.Range(0, 10).Select(i => $"Loud: {i}")]);
        return loud;
    }
}
