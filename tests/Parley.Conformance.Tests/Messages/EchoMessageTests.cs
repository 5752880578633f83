using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/echo-message</summary>
public sealed class EchoMessageTests : MessageTest
{
    private const string EchoMessage = "https://ircv3.net/specs/extensions/echo-message";

    [Theory]
    [InlineData("PRIVMSG #room :hello")]
    [InlineData("NOTICE #room :hello")]
    [InlineData("PRIVMSG Bob :hello")]
    [InlineData("NOTICE Bob :hello")]
    [InlineData("PRIVMSG @#room :hello")]
    [InlineData("PRIVMSG #room :\u0001ACTION waves\u0001")]
    [InlineData("PRIVMSG Bob :\u0001VERSION\u0001")]
    [Quote(EchoMessage, "If enabled, servers MUST send `PRIVMSG` and `NOTICE` messages back to the client that sent them.")]
    public async Task Whoever_wants_an_echo_gets_one(string line)
    {
        var (ann, _) = await MeetAsync("echo-message");
        Assert.Equal([$":Ann!~ann@localhost {line}"], Bodies(await ann.AskAsync(line)));
    }

    [Theory]
    [InlineData("PRIVMSG #room :hello")]
    [InlineData("PRIVMSG Bob :hello")]
    [InlineData("NOTICE #room :hello")]
    public async Task Others_get_none(string line)
    {
        var (ann, _) = await MeetAsync("message-tags server-time");
        Assert.Empty(await ann.AskAsync(line));
    }

    [Fact]
    [Quote(EchoMessage, "When the `message-tags` capability has been enabled, the same rules apply to `TAGMSG` messages.")]
    public async Task A_message_of_tags_is_echoed_with_them()
    {
        var (ann, _) = await MeetAsync("echo-message message-tags");
        var echo = Assert.Single(await ann.AskAsync("@+typing=active TAGMSG #room"));
        Assert.Equal(["TAGMSG", "active"], [echo.Command, echo.Tags["+typing"]]);
    }

    [Fact]
    [Quote(EchoMessage, "If servers apply any modifications to these messages, they MUST send the final version of the message back to the originating client.")]
    public async Task The_echo_is_what_others_get()
    {
        var (ann, bob) = await MeetAsync("echo-message message-tags server-time", "message-tags server-time");
        var echo = Assert.Single(await ann.AskAsync("@+a=1;dropped PRIVMSG #ROOM :\u0001action waves"));
        Assert.Equal((await bob.ExpectAsync("PRIVMSG")).Raw, echo.Raw);
    }

    [Fact]
    public async Task Nothing_is_echoed_that_was_not_said()
    {
        var (ann, _) = await MeetAsync("echo-message message-tags");
        Assert.Equal(["401", "403"], (await ann.AskAsync("PRIVMSG Nobody,#nowhere :hello")).Select(line => line.Command));
        Assert.Empty(await ann.AskAsync("NOTICE Nobody :hello"));
    }

    [Fact]
    public async Task All_see_one_order_their_own_messages_included()
    {
        var (ann, bob) = await MeetAsync("echo-message", "echo-message");
        var cid = await Server.JoinAsync("Cid");
        await ann.SyncAsync();
        await bob.SyncAsync();
        for (var i = 0; i < 50; i++)
        {
            await ann.SendAsync($"PRIVMSG #room :a{i}");
            await bob.SendAsync($"PRIVMSG #room :b{i}");
        }

        // Whatever they have said has been seen by all, once each of them is answered.
        var (annSaw, bobSaw) = (await ann.SyncAsync(), await bob.SyncAsync());
        annSaw.AddRange(await ann.SyncAsync());
        var saw = Bodies(await cid.SyncAsync()).ToList();
        Assert.Equal(100, saw.Count);
        Assert.Equal(saw, Bodies(annSaw));
        Assert.Equal(saw, Bodies(bobSaw));
    }

    [Fact]
    public async Task Without_echo_the_others_messages_keep_their_order_around_ones_own()
    {
        var (ann, bob) = await MeetAsync();
        for (var i = 0; i < 20; i++)
        {
            await bob.AskAsync($"PRIVMSG #room :b{i}");
            await ann.SendAsync($"PRIVMSG #room :a{i}");
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"b{i}"), (await ann.SyncAsync()).Select(line => line.Text));
    }

    [Fact]
    public async Task Whoever_talks_to_itself_gets_both()
    {
        var ann = await Server.RegisterAsync("Ann", "echo-message message-tags");
        var lines = await ann.AskAsync("PRIVMSG Ann :note to self");
        Assert.Equal(2, lines.Count);
        Assert.Equal(lines[0].Raw, lines[1].Raw);
    }
}
