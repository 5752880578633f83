using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>The tags that clients have agreed on, and a server that passes only some of them on.</summary>
public sealed class ClientTagTests : MessageTest
{
    private const string Typing = "https://ircv3.net/specs/client-tags/typing";
    private const string Reply = "https://ircv3.net/specs/client-tags/reply";
    private const string React = "https://ircv3.net/specs/client-tags/react";
    private const string ChannelContext = "https://ircv3.net/specs/client-tags/channel-context";
    private const string Isupport = MessageTags + "#rpl_isupport-tokens";

    [Theory]
    [InlineData("active")]
    [InlineData("paused")]
    [InlineData("done")]
    [Quote(Typing, "A typing notification is represented by a `TAGMSG` command sent with a `typing` tag using the client-only prefix `+` and possible values of `active`, `paused`, and `done`.")]
    public async Task Others_see_who_is_typing(string state)
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        await ann.AskAsync($"@+typing={state} TAGMSG #room");
        var heard = await bob.ExpectAsync("TAGMSG");
        Assert.Equal(["Ann", "#room", state], [heard.Nick, heard.Text, heard.Tags["+typing"]]);
    }

    [Fact]
    [Quote(Reply, "The reply tag is sent by a client with the client-only prefix `+` and its value references the server provided ID of another message:")]
    public async Task A_reply_names_the_message_it_is_to()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags echo-message");
        await ann.AskAsync("PRIVMSG #room :who is in?");
        var question = await bob.ExpectAsync("PRIVMSG");

        var echo = Assert.Single(await bob.AskAsync($"@+draft/reply={question.Tags["msgid"]} PRIVMSG #room :me"));

        Assert.Equal(question.Tags["msgid"], (await ann.ExpectAsync("PRIVMSG")).Tags["+draft/reply"]);
        Assert.Equal(question.Tags["msgid"], echo.Tags["+draft/reply"]);
    }

    [Theory]
    [InlineData("\U0001F44B")]
    [InlineData(":)")]
    [InlineData("lol")]
    [Quote(React, "The react tag is sent by a client with the client-only prefix `+`. The value has no restrictions.")]
    public async Task A_reaction_comes_as_it_is(string reaction)
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        await ann.AskAsync($"@+draft/reply=room.1;+draft/react={reaction} TAGMSG #room");
        Assert.Equal(reaction, (await bob.ExpectAsync("TAGMSG")).Tags["+draft/react"]);
    }

    [Fact]
    [Quote(ChannelContext, "This tag MUST be attached to PRIVMSG and NOTICE messages to users only.")]
    public async Task A_private_notice_says_which_channel_it_is_about()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        await ann.AskAsync("@+draft/channel-context=#room NOTICE Bob :I'm helping.");
        Assert.Equal("#room", (await bob.ExpectAsync("NOTICE")).Tags["+draft/channel-context"]);
    }

    [Fact]
    [Quote(Isupport, "An empty or missing `CLIENTTAGDENY` matches the default case and indicates that all client-only tags are allowed.")]
    public async Task Without_a_setting_nothing_is_denied()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");
        Assert.DoesNotContain(await client.SyncAsync(), line => line.Raw.Contains("CLIENTTAGDENY", StringComparison.Ordinal));
    }
}
