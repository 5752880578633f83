using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.History;

/// <summary>What is offered, and to whom: https://ircv3.net/specs/extensions/chathistory#implementation</summary>
public sealed class ChatHistoryCapabilityTests : HistoryTest
{
    private static readonly string[] OfHistory =
    [
        "draft/chathistory", "draft/event-playback", "draft/message-redaction", "soju.im/search", "znc.in/playback",
    ];

    [Fact]
    [Quote(Spec, "`MSGREFTYPES` SHOULD be sent, with a comma-separated list of types of message references they support as parameter to `CHATHISTORY` commands, in order of decreasing preference.")]
    public async Task The_server_says_how_much_it_gives_and_by_what()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");

        var tokens = (await client.SyncAsync()).Where(line => line.Command == "005").SelectMany(line => line.Parameters).ToArray();

        Assert.Contains("CHATHISTORY=100", tokens);
        Assert.Contains("MSGREFTYPES=msgid,timestamp", tokens);
    }

    [Fact]
    public async Task Where_history_is_kept_all_of_it_is_offered()
    {
        var client = await Server.ConnectAsync();

        var offer = (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text.Split(' ')).Select(cap => cap.Split('=')[0]);

        Assert.Empty(OfHistory.Append("draft/read-marker").Append("znc.in/self-message").Except(offer));
    }

    [Fact]
    public async Task Where_no_history_is_kept_none_of_it_is_offered()
    {
        await using var server = await IrcServer.StartAsync(options => options.History = false);
        var client = await server.ConnectAsync();

        var offer = (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text.Split(' ')).Select(cap => cap.Split('=')[0]);
        await client.SendAllAsync("CAP END", "NICK Ann", "USER ann 0 * :Ann");
        var tokens = (await client.SyncAsync()).Where(line => line.Command == "005").SelectMany(line => line.Parameters);

        Assert.Empty(offer.Intersect(OfHistory));
        Assert.DoesNotContain(tokens, token => token.StartsWith("CHATHISTORY", StringComparison.Ordinal) || token.StartsWith("MSGREFTYPES", StringComparison.Ordinal));
        Assert.Equal("NAK", (await client.AskAsync("CAP REQ :draft/chathistory"))[0].Parameters[1]);
        Assert.Equal("421", Assert.Single(await client.AskAsync("CHATHISTORY LATEST #room * 1")).Command);
    }

    [Fact]
    [Quote(Spec, "Servers SHOULD NOT enforce that clients support all related capabilities before using the `chathistory` extension.")]
    [Quote(Spec, "If the `batch` capability was negotiated, the server MUST reply to a successful `CHATHISTORY` command using a [`batch`][batch].")]
    public async Task Without_batches_the_messages_come_by_themselves()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", Full), ("Bob", "draft/chathistory"));
        await SayAsync(all[0], "#room", 2);
        await all[1].SyncAsync();

        var lines = await all[1].AskAsync("CHATHISTORY LATEST #room * 10");

        Assert.Equal([":Ann!~ann@localhost PRIVMSG #room :1", ":Ann!~ann@localhost PRIVMSG #room :2"], lines.Select(line => line.Raw));
    }

    [Fact]
    public async Task Tags_are_those_that_were_negotiated()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", Full), ("Bob", "draft/chathistory batch server-time"));
        await SayAsync(all[0], "#room", 1);
        await all[1].SyncAsync();

        var line = Assert.Single(await HistoryAsync(all[1], "LATEST #room * 10"));

        Assert.Equal(["batch", "time"], line.Tags.Keys.Order());
    }

    [Fact]
    [Quote(Spec, "In particular, if a client requests this capability, the server (or bouncer) SHOULD NOT play back any history that would otherwise be sent automatically.")]
    public async Task Whoever_asks_for_history_is_not_shown_it_unasked()
    {
        await using var server = await IrcServer.StartAsync(options => options.HistoryReplay = 20);
        var ann = await server.JoinAsync("Ann", "#room", Tags);
        await ann.AskAsync("PRIVMSG #room :1");
        var bob = await server.RegisterAsync("Bob", Full);

        Assert.DoesNotContain(await bob.AskAsync("JOIN #room"), line => line.Command is "PRIVMSG" or "BATCH");
    }
}
