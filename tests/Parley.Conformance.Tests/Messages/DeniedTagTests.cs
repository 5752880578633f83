using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/message-tags#rpl_isupport-tokens</summary>
public sealed class DeniedTagTests : MessageTest
{
    private const string Isupport = MessageTags + "#rpl_isupport-tokens";

    [Theory]
    [InlineData("*", "")]
    [InlineData("*,-foo,-example/bar", "+example/bar +foo")]
    [InlineData("foo,example/bar", "+Foo +other")]
    [InlineData("none", "+Foo +example/bar +foo +other")]
    [Quote(Isupport, "An asterisk `*` (0x2A) indicates that **all** client-only tags are blocked.")]
    [Quote(Isupport, "A hyphen `-` (0x2D) indicates that a block is negated, i.e. when certain client-only tags are exempt from a catch-all block.")]
    [Quote(Isupport, "The client-only prefix (`+`) is omitted when a tag appears in this list.")]
    public async Task What_is_denied_is_not_passed_on(string denied, string passed)
    {
        await using var server = await IrcServer.StartAsync(options => options.ClientTagDeny = denied);
        var all = await server.JoinAllAsync("#room", ("Ann", "message-tags"), ("Bob", "message-tags"));

        await all[0].AskAsync("@+foo=1;+Foo=1;+example/bar=1;+other=1 PRIVMSG #room :hi");

        var heard = await all[1].ExpectAsync("PRIVMSG");
        Assert.Equal(passed, string.Join(' ', heard.Tags.Keys.Where(key => key[0] == '+').Order(StringComparer.Ordinal)));
    }

    [Fact]
    [Quote(Isupport, "Servers SHOULD use this token to communicate to clients that certain client-only tags are blocked and will be silently ignored.")]
    public async Task Clients_are_told_what_is_denied()
    {
        await using var server = await IrcServer.StartAsync(options => options.ClientTagDeny = "*,-typing");
        var client = await server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");
        Assert.Contains(await client.SyncAsync(), line => line.Command == "005" && line.Parameters.Contains("CLIENTTAGDENY=*,-typing"));
    }

    [Fact]
    [Quote(Isupport, "Note that blocking tags will not necessarily block the message that the tag is attached to.")]
    public async Task A_message_of_which_nothing_is_left_goes_nowhere()
    {
        await using var server = await IrcServer.StartAsync(options => options.ClientTagDeny = "typing");
        var all = await server.JoinAllAsync("#room", ("Ann", "message-tags"), ("Bob", "message-tags"));

        Assert.Empty(await all[0].AskAsync("@+typing=active TAGMSG #room"));
        await all[0].AskAsync("@+typing=active;+draft/react=x TAGMSG #room");

        Assert.Equal(["+draft/react", "msgid"], Assert.Single(await all[1].SyncAsync()).Tags.Keys.Order(StringComparer.Ordinal));
    }
}
