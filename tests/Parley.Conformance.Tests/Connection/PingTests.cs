using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://modern.ircdocs.horse/#ping-message</summary>
public sealed class PingTests : ConformanceTest
{
    private const string Ping = "https://modern.ircdocs.horse/#ping-message";
    private const string Pong = "https://modern.ircdocs.horse/#pong-message";

    [Theory]
    [InlineData("PING token", "token")]
    [InlineData("PING :two words", "two words")]
    [InlineData("PING token other", "token")]
    [Quote(Ping, "When receiving a `PING` message, clients or servers must reply to it with a")]
    [Quote(Pong, "Servers MUST send a `<server>` parameter, and clients SHOULD ignore it.")]
    public async Task A_ping_is_answered_with_its_token(string line, string token)
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([$":parley PONG parley :{token}"], (await ann.AskAsync(line)).Bodies());
    }

    [Fact]
    [Quote(Ping, "Clients should not send `PING` during connection registration, though servers may accept it.")]
    public async Task A_ping_is_answered_before_registration()
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":parley PONG parley :early"], (await client.AskAsync("PING early")).Bodies());
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#errnoorigin-409", "Nowadays, this may be used by some servers when the PING `<token>` is empty.")]
    public async Task A_ping_without_a_token_is_refused()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal([":parley 409 Ann :No origin specified"], (await ann.AskAsync("PING")).Bodies());
        Assert.Equal([":parley 409 Ann :No origin specified"], (await ann.AskAsync("PING :")).Bodies());
    }

    [Fact]
    public async Task A_pong_is_answered_with_nothing()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Empty(await ann.AskAsync("PONG whatever"));
        Assert.Empty(await ann.AskAsync("PONG"));
    }

    [Fact]
    [Quote(Ping, "The `PING` command is sent by either clients or servers to check the other side of the connection is still connected and/or to check for connection latency, at the application layer.")]
    public async Task Whoever_says_nothing_for_40_seconds_is_asked_once()
    {
        var ann = await Server.RegisterAsync("Ann");

        Server.Time.Advance(TimeSpan.FromSeconds(39));
        await ann.ExpectNothingAsync();
        Server.Time.Advance(TimeSpan.FromSeconds(100));

        await ann.ExpectLineAsync("PING :parley");
        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task Whoever_answers_stays_and_is_asked_again_after_another_silence()
    {
        var ann = await Server.RegisterAsync("Ann");
        for (var i = 0; i < 3; i++)
        {
            Server.Time.Advance(TimeSpan.FromSeconds(100));
            await ann.ExpectLineAsync("PING :parley");
            Assert.Empty(await ann.AskAsync("PONG parley"));
        }
    }

    [Fact]
    public async Task Anything_that_is_said_counts_as_an_answer()
    {
        var ann = await Server.JoinAsync("Ann", "#room", "echo-message");
        for (var i = 0; i < 5; i++)
        {
            Server.Time.Advance(TimeSpan.FromSeconds(35));
            await ann.SendAsync("PRIVMSG #room :still here");
            await ann.ExpectAsync("PRIVMSG");
        }
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#quit-message", "Servers MUST fill `<reason>` with a message reflecting the nature of the event which caused it to happen.")]
    [Quote("https://modern.ircdocs.horse/#error-message", "This message is sent from a server to a client to report a fatal error, before terminating the client's connection.")]
    public async Task Whoever_does_not_answer_for_150_seconds_is_disconnected_and_others_are_told()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", ""));

        Server.Time.Advance(TimeSpan.FromSeconds(100));
        await all[1].ExpectAsync("PING");
        await all[1].SyncAsync();
        Server.Time.Advance(TimeSpan.FromSeconds(35));
        await all[1].SyncAsync();
        Server.Time.Advance(TimeSpan.FromSeconds(25));

        var lines = await all[0].ReadToEndAsync();
        Assert.Equal(["PING :parley", "ERROR :Ping timeout: 150 seconds"], lines.Bodies());
        await all[1].ExpectLineAsync(":Ann!~ann@localhost QUIT :Ping timeout: 150 seconds");
    }

    [Fact]
    public async Task The_silence_is_counted_from_the_last_line_and_not_from_the_ping()
    {
        var ann = await Server.RegisterAsync("Ann");
        Server.Time.Advance(TimeSpan.FromSeconds(140));
        Assert.Contains("PING :parley", (await ann.SyncAsync()).Bodies());

        Server.Time.Advance(TimeSpan.FromSeconds(35));

        await ann.ExpectNothingAsync();
    }

    [Fact]
    public async Task People_on_lines_are_asked_nothing()
    {
        var lena = await Server.EnterLinesAsync("Lena");

        Server.Time.Advance(TimeSpan.FromMinutes(10));

        await lena.SendLineAsync("still here");
        await lena.ExpectAsync("Lena: still here");
    }

    private protected override Task<IrcServer> StartAsync()
        => IrcServer.StartAsync(options => options.IrcPingInterval = new Parley.Server.Options.ParleyOptions().IrcPingInterval);
}
