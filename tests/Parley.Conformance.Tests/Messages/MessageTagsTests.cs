using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/message-tags</summary>
public sealed class MessageTagsTests : MessageTest
{
    [Fact]
    [Quote(MessageTags, "Client-only tags MUST be relayed on `PRIVMSG`, `NOTICE` and `TAGMSG` messages, and MAY be relayed on other messages.")]
    public async Task Tags_of_clients_are_passed_on_with_all_three_messages()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        foreach (var line in new[] { "PRIVMSG #room :hi", "NOTICE #room :hi", "TAGMSG #room", "PRIVMSG Bob :hi", "NOTICE Bob :hi", "TAGMSG Bob" })
        {
            await ann.AskAsync($"@+example/foo=bar {line}");
            var heard = await bob.ExpectAsync(line.Split(' ')[0]);
            Assert.Equal("bar", heard.Tags["+example/foo"]);
        }
    }

    [Fact]
    [Quote(MessageTags, "Tags without the client-only prefix MUST be removed by the server before being relayed with any message to another client.")]
    public async Task Tags_that_only_servers_may_add_are_removed()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags server-time account-tag");
        await ann.AskAsync("@time=2000-01-01T00:00:00.000Z;msgid=mine;account=Bob;bot;example/foo=bar;+ok=1 PRIVMSG #room :hi");

        var heard = await bob.ExpectAsync("PRIVMSG");

        Assert.Equal(["+ok", "msgid", "time"], heard.Tags.Keys.Order());
        Assert.NotEqual("mine", heard.Tags["msgid"]);
        Assert.NotEqual("2000-01-01T00:00:00.000Z", heard.Tags["time"]);
    }

    [Fact]
    [Quote(MessageTags, "A `TAGMSG` sent by a client with an un-prefixed tag that has no specified behaviour.")]
    public async Task A_message_of_tags_goes_on_without_those_that_are_removed()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        await ann.AskAsync("@unknown-tag TAGMSG #room");
        var heard = await bob.ExpectAsync("TAGMSG");
        Assert.Equal(["msgid"], heard.Tags.Keys);
    }

    [Fact]
    [Quote(MessageTags, "Any server-sent tags attached to messages MUST be included before client-only tags to prevent them from being pushed outside of the byte limit.")]
    public async Task The_servers_tags_come_first()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags server-time");
        await ann.AskAsync("@+a=1;+b PRIVMSG #room :hi");
        Assert.Matches("^@time=[^;]+;msgid=[^;]+;\\+a=1;\\+b :Ann!", (await bob.ExpectAsync("PRIVMSG")).Raw);
    }

    [Theory]
    [InlineData("+a=raw+:=,escaped\\:\\s\\\\", "+a", "raw+:=,escaped; \\")]
    [InlineData("+a=\\r\\n", "+a", "\r\n")]
    [InlineData("+a=test\\", "+a", "test")]
    [InlineData("+a=\\b", "+a", "b")]
    [InlineData("+a=\U0001F44B\u4e2d", "+a", "\U0001F44B\u4e2d")]
    [InlineData("+a", "+a", "")]
    [InlineData("+a=", "+a", "")]
    [InlineData("+a=1;+a=2", "+a", "2")]
    [InlineData("+A=1;+a=2", "+A", "1")]
    [InlineData("+weird!key=1", "+weird!key", "1")]
    [Quote(MessageTags, "Client-only tags are tags normally sent by clients that servers MUST attach as-is to any relevant message relayed to other clients.")]
    [Quote(MessageTags, "Implementations receiving messages with more than one occurrence of a tag key name SHOULD disregard all but the final occurrence.")]
    public async Task A_value_arrives_as_it_was_meant(string tags, string key, string value)
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        await ann.AskAsync($"@{tags} PRIVMSG #room :hi");
        Assert.Equal(value, (await bob.ExpectAsync("PRIVMSG")).Tags[key]);
    }

    [Fact]
    [Quote(MessageTags, "Implementations MUST treat tag key names as case-sensitive opaque identifiers and MUST NOT perform any validation that would reject the message if an invalid tag key name is used.")]
    public async Task Tags_that_make_no_sense_do_not_stop_the_message()
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");
        await ann.AskAsync("@;;=x;+;+ PRIVMSG #room :hi");
        Assert.Equal("hi", (await bob.ExpectAsync("PRIVMSG")).Text);
    }

    [Fact]
    [Quote(MessageTags, "Servers MUST NOT deliver `TAGMSG` to clients that haven't negotiated the message tags capability.")]
    public async Task Whoever_has_not_negotiated_tags_gets_none_and_no_message_of_tags()
    {
        var (ann, bob) = await MeetAsync("message-tags");
        var cid = await Server.JoinAsync("Cid", "#room", "server-time account-tag batch labeled-response echo-message");
        await bob.SyncAsync();

        Assert.Equal("JOIN", Assert.Single(await ann.AskAsync("@+a=1 TAGMSG #room,Bob,Cid")).Command);
        await ann.AskAsync("@+a=1 PRIVMSG #room :hi");

        Assert.Equal([":Ann!~ann@localhost PRIVMSG #room :hi"], (await bob.SyncAsync()).Select(line => line.Raw));
        Assert.Equal(["time"], Assert.Single(await cid.SyncAsync()).Tags.Keys);
    }

    [Fact]
    public async Task Tags_of_a_client_that_has_not_negotiated_them_are_dropped_and_its_message_is_not()
    {
        var (ann, bob) = await MeetAsync(bob: "message-tags");
        await ann.AskAsync("@+a=1 PRIVMSG #room :hi");
        Assert.Equal(["msgid"], (await bob.ExpectAsync("PRIVMSG")).Tags.Keys);
    }

    [Fact]
    public async Task A_client_that_has_not_negotiated_tags_has_no_TAGMSG()
    {
        var (ann, bob) = await MeetAsync(bob: "message-tags");
        Assert.Equal("421", Assert.Single(await ann.AskAsync("@+a=1 TAGMSG #room")).Command);
        await bob.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("TAGMSG", "411")]
    [InlineData("TAGMSG Nobody", "401")]
    [InlineData("TAGMSG #nowhere", "403")]
    [InlineData("TAGMSG #other", "404")]
    [Quote(MessageTags, "This message MUST be delivered to targets in the same way as `PRIVMSG` and `NOTICE` messages.")]
    public async Task A_message_of_tags_is_refused_as_others_are(string line, string numeric)
    {
        var (ann, _) = await MeetAsync("message-tags");
        await Server.JoinAsync("Cid", "#other");
        Assert.Equal(numeric, Assert.Single(await ann.AskAsync($"@+a=1 {line}")).Command);
    }

    [Fact]
    [Quote(MessageTags, "This means for example, honouring channel membership, modes, `echo-message`, `STATUSMSG` prefixes, etc.")]
    public async Task A_message_of_tags_may_be_for_operators()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "message-tags"), ("Bob", "message-tags"), ("Cid", "message-tags"));
        await all[1].AskAsync("@+a=1 TAGMSG @#room");
        var heard = await all[0].ExpectAsync("TAGMSG");
        Assert.Equal(["@#room", "1"], [heard.Parameters[0], heard.Tags["+a"]]);
        await all[2].ExpectNothingAsync();
    }
}
