using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/server-time</summary>
public sealed class ServerTimeTests : MessageTest
{
    private const string ServerTime = "https://ircv3.net/specs/extensions/server-time";

    [Fact]
    [Quote(ServerTime, "It represents a calendar date and time of day in UTC using extended format, as specified by ISO 8601:2004(E) 4.3.2.")]
    [Quote(ServerTime, "Precision of the time is one millisecond.")]
    public async Task A_message_says_when_it_was_said()
    {
        var (ann, bob) = await MeetAsync(bob: "server-time");
        Server.Time.Advance(TimeSpan.FromMilliseconds(61_025));
        await ann.AskAsync("PRIVMSG #room :hello");
        Server.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("2026-06-01T12:01:01.025Z", (await bob.ExpectAsync("PRIVMSG")).Tags["time"]);
    }

    [Fact]
    public async Task So_do_all_other_lines()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP REQ :server-time", "NICK Ann", "USER ann 0 * :Ann", "CAP END");
        var lines = await client.SyncAsync();
        lines.AddRange(await client.AskAsync("JOIN #room"));
        lines.AddRange(await client.AskAsync("PRIVMSG Nobody :hello"));
        lines.AddRange(await client.AskAsync("NICK Anna"));
        lines.AddRange(await client.AskAsync("PART #room"));
        Assert.All(lines.Where(line => line.Command != "CAP"), line => Assert.Equal("2026-06-01T12:00:00.000Z", line.Tags.GetValueOrDefault("time")));
    }

    [Fact]
    [Quote(ServerTime, "Servers MAY include the timestamp in messages when they see fit but MUST NOT do so before acknowledging the client capability using `CAP ACK`.")]
    public async Task Without_the_capability_there_is_no_time()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", "NICK Ann", "USER ann 0 * :Ann", "CAP END");
        Assert.All(await client.SyncAsync(), line => Assert.Empty(line.Tags));
    }

    [Fact]
    public async Task A_message_from_lines_has_its_time_too()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        var ann = await Server.JoinAsync("Ann", "#main", "server-time");
        await lena.ExpectAsync("Ann joined");
        await lena.SendLineAsync("hello");
        await lena.ExpectAsync("Lena: hello");
        Assert.Equal("2026-06-01T12:00:00.000Z", (await ann.ExpectAsync("PRIVMSG")).Tags["time"]);
    }
}
