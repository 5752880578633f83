using System.Text;
using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/utf8-only and https://ircv3.net/specs/extensions/standard-replies</summary>
public sealed class Utf8OnlyTests : MessageTest
{
    private const string Utf8Only = "https://ircv3.net/specs/extensions/utf8-only";
    private const string StandardReplies = "https://ircv3.net/specs/extensions/standard-replies";

    [Fact]
    [Quote(Utf8Only, "This specification introduces a new token `UTF8ONLY` that servers can include in their ISUPPORT (`005`) output.")]
    public async Task Clients_are_told()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Ann", "USER ann 0 * :Ann");
        Assert.Contains(await client.SyncAsync(), line => line.Command == "005" && line.Parameters.Contains("UTF8ONLY"));
    }

    [Theory]
    [InlineData("PRIVMSG #room :", "PRIVMSG")]
    [InlineData("NOTICE #room :", "NOTICE")]
    [InlineData("privmsg Bob :", "PRIVMSG")]
    [InlineData("@+a=b PRIVMSG #room :", "PRIVMSG")]
    [Quote(Utf8Only, "Servers publishing this token MUST NOT relay content (such as `PRIVMSG` or `NOTICE` message data, channel topics, or realnames) containing non-UTF-8 data to clients.")]
    [Quote(Utf8Only, "When sent with the `FAIL` command, it indicates that the client's message was rejected because it contained invalid UTF-8 data.")]
    public async Task What_is_not_UTF_8_is_refused_and_nobody_hears_of_it(string start, string command)
    {
        var (ann, bob) = await MeetAsync("message-tags", "message-tags");

        await ann.SendRawAsync(Encoding.UTF8.GetBytes(start).Concat(new byte[] { 0xC3, 0x28, (byte)'\r', (byte)'\n' }).ToArray());

        var error = Assert.Single(await ann.SyncAsync());
        Assert.Equal(["FAIL", command, "INVALID_UTF8"], [error.Command, .. error.Parameters.Take(2)]);
        Assert.NotEmpty(error.Text);
        await bob.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { (byte)'o', (byte)'k', 0xE4 })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    public async Task Neither_are_Latin_1_overlong_forms_surrogates_and_what_is_past_the_end(byte[] text)
    {
        var (ann, bob) = await MeetAsync();
        await ann.SendRawAsync(Encoding.UTF8.GetBytes("PRIVMSG #room :").Concat(text).Concat("\r\n"u8.ToArray()).ToArray());
        Assert.Equal("FAIL", Assert.Single(await ann.SyncAsync()).Command);
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(StandardReplies, "if the client command is not available or cannot be relayed (for example, if the client's message could not be parsed), `*` is substituted.", "2026-04-03")]
    public async Task A_command_that_cannot_be_read_is_not_repeated()
    {
        var ann = await Server.RegisterAsync("Ann");
        await ann.SendRawAsync(new byte[] { 0xFF, 0xFE, (byte)' ', (byte)'x', (byte)'\n' });
        var error = Assert.Single(await ann.SyncAsync());
        Assert.Equal(["FAIL", "*", "INVALID_UTF8"], [error.Command, .. error.Parameters.Take(2)]);
    }

    [Fact]
    [Quote(StandardReplies, "This message SHOULD also be given a label, if one was provided by the client with the original command that spawned this reply.")]
    public async Task The_error_has_the_label_of_the_line()
    {
        var (ann, _) = await MeetAsync("labeled-response batch standard-replies");
        await ann.SendRawAsync(Encoding.UTF8.GetBytes("@label=x1 PRIVMSG #room :").Concat(new byte[] { 0xFF, (byte)'\n' }).ToArray());
        var error = Assert.Single(await ann.SyncAsync());
        Assert.Equal(["FAIL", "x1"], [error.Command, error.Tags["label"]]);
    }

    [Fact]
    public async Task A_real_name_that_is_not_UTF_8_is_refused_before_anybody_is_let_in()
    {
        var client = await Server.ConnectAsync();
        await client.SendAsync("NICK Ann");
        await client.SendRawAsync(Encoding.UTF8.GetBytes("USER ann 0 * :").Concat(new byte[] { 0xFF, (byte)'\n' }).ToArray());
        var error = await client.ExpectAsync("FAIL");
        Assert.Equal(["USER", "INVALID_UTF8"], error.Parameters.Take(2));
        await client.SendAsync("USER ann 0 * :Ann");
        await client.ExpectAsync("001");
    }

    [Fact]
    [Quote(StandardReplies, "`<description>` is a required final parameter, containing a plain-text description of the reply message.")]
    public async Task A_standard_reply_says_what_to_do()
    {
        var ann = await Server.RegisterAsync("Ann", "draft/multiline batch standard-replies");
        var error = Assert.Single(await ann.AskAsync("BATCH +1 draft/other #room"));
        Assert.Equal(["BATCH", "UNKNOWN_TYPE", "1", "draft/other", "Only draft/multiline can be sent"], error.Parameters);
    }
}
