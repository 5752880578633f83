using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/message-ids</summary>
public sealed class MessageIdTests : MessageTest
{
    private const string MessageIds = "https://ircv3.net/specs/extensions/message-ids";

    [Fact]
    [Quote(MessageIds, "If this tag is being used, it SHOULD be attached to all `PRIVMSG` and `NOTICE` events.")]
    public async Task Everybody_knows_a_message_by_the_same_id()
    {
        var all = await Server.JoinAllAsync(
            "#room", ("Ann", "message-tags echo-message"), ("Bob", "message-tags"), ("Cid", "message-tags server-time batch draft/multiline"));
        var echo = Assert.Single(await all[0].AskAsync("PRIVMSG #room :hello"));
        Assert.Equal(echo.Tags["msgid"], (await all[1].ExpectAsync("PRIVMSG")).Tags["msgid"]);
        Assert.Equal(echo.Tags["msgid"], (await all[2].ExpectAsync("PRIVMSG")).Tags["msgid"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Quote(MessageIds, "The tag value MUST be a unique ID chosen by the originating server. Uniqueness in this context means that any other message transmitted on the entire network at any time MUST NOT share the same value.")]
    public async Task No_two_messages_have_the_same_id(bool history)
    {
        await using var server = await IrcServer.StartAsync(options => options.History = history);
        var all = await server.JoinAllAsync("#room", ("Ann", "message-tags echo-message"), ("Bob", "message-tags echo-message"));
        foreach (var line in new[] { "PRIVMSG #room :1", "PRIVMSG #room :1", "NOTICE #room :1", "TAGMSG #room", "PRIVMSG @#room :1", "TAGMSG Bob", "PRIVMSG Bob :1", "PRIVMSG Ann :1" })
        {
            await all[0].AskAsync($"@+a=1 {line}");
        }

        var direct = (await all[0].AskAsync("PRIVMSG Bob :1")).Concat(await all[0].AskAsync("PRIVMSG #room :1"));
        var ids = (await all[1].SyncAsync()).Concat(await all[1].AskAsync("PRIVMSG #room :1")).Select(line => line.Tags["msgid"]).ToList();

        Assert.Equal(9, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(2, direct.Select(line => line.Tags["msgid"]).Intersect(ids, StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_room_that_was_gone_does_not_begin_again_with_the_same_ids(bool history)
    {
        await using var server = await IrcServer.StartAsync(options => options.History = history);
        var ann = await server.JoinAsync("Ann", "#room", "message-tags echo-message");
        var first = Assert.Single(await ann.AskAsync("PRIVMSG #room :hello")).Tags["msgid"];
        await ann.AskAsync("PART #room");
        server.Time.Advance(TimeSpan.FromMilliseconds(1));
        await ann.AskAsync("JOIN #room");
        Assert.NotEqual(first, Assert.Single(await ann.AskAsync("PRIVMSG #room :hello")).Tags["msgid"]);
    }

    [Fact]
    public async Task A_direct_message_has_the_same_id_for_both()
    {
        var (ann, bob) = await MeetAsync("message-tags echo-message", "message-tags");
        var echo = Assert.Single(await ann.AskAsync("PRIVMSG Bob :hello"));
        Assert.Equal(echo.Tags["msgid"], (await bob.ExpectAsync("PRIVMSG")).Tags["msgid"]);
    }

    [Fact]
    public async Task An_id_needs_no_escaping_and_is_short()
    {
        var (ann, _) = await MeetAsync("message-tags echo-message");
        foreach (var target in new[] { "#room", "Bob", "@#room" })
        {
            Assert.Matches("^[A-Za-z0-9.!_-]{1,80}$", Assert.Single(await ann.AskAsync($"PRIVMSG {target} :hello")).Tags["msgid"]);
        }
    }
}
