using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/client-tags/reply, ratified on 2026-02-13; https://ircv3.net/specs/client-tags/react, as changed on 2026-02-19</summary>
public sealed class ReplyTagTests : ConformanceTest
{
    private const string Reply = "https://ircv3.net/specs/client-tags/reply";
    private const string React = "https://ircv3.net/specs/client-tags/react";
    private const string Context = "https://ircv3.net/specs/client-tags/channel-context";

    [Theory]
    [InlineData("+reply=id")]
    [InlineData("+draft/reply=id")]
    [InlineData("+reply=id;+draft/reply=id")]
    [Quote(Reply, "The reply tag is sent by a client with the client-only prefix `+` and its value references the server provided ID of another message", "2026-02-13")]
    public async Task A_reply_is_one_to_clients_of_either_year(string tags)
    {
        var bob = await SayAsync($"@{tags} PRIVMSG #room :yes");

        Assert.Equal(("id", "id"), (bob.Tags["+reply"], bob.Tags["+draft/reply"]));
        Assert.Single(bob.Raw.Split(' ')[0].Split(';'), tag => tag.TrimStart('@').StartsWith("+reply=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_operator_denies_is_not_added()
    {
        await using var server = await IrcServer.StartAsync(options => options.ClientTagDeny = "draft/reply");
        var all = await server.JoinAllAsync("#room", ("Ann", "message-tags"), ("Bob", "message-tags"));
        await all[0].AskAsync("@+reply=id PRIVMSG #room :yes");

        Assert.DoesNotContain("+draft/reply", (await all[1].ExpectAsync("PRIVMSG")).Tags.Keys);
    }

    [Theory]
    [InlineData("+draft/react=a;+draft/unreact=b")]
    [InlineData("+draft/react=a;+unreact=b")]
    [InlineData("+unreact=b;+react=a")]
    [Quote(React, "The `+draft/react` and `+draft/unreact` tags MUST NOT both be attached to a single message.", "2026-02-19")]
    public async Task A_reaction_that_is_taken_back_in_the_same_message_is_neither(string tags)
    {
        var bob = await SayAsync($"@+reply=id;{tags} PRIVMSG #room :yes");

        Assert.Equal("id", bob.Tags["+reply"]);
        Assert.DoesNotContain(bob.Tags.Keys, key => key.EndsWith("react", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("+draft/react", "PRIVMSG #room :yes")]
    [InlineData("+draft/unreact", "PRIVMSG #room :yes")]
    [InlineData("+draft/react", "TAGMSG #room")]
    [InlineData("+draft/unreact", "TAGMSG #room")]
    [Quote(React, "The value has no restrictions.", "2026-02-19")]
    [Quote(React, "These tags MAY be attached to an empty message.", "2026-02-19")]
    [Quote(React, "this tag MUST be used in conjunction with the `+reply` client tag.", "2026-02-13")]
    public async Task One_of_them_is_passed_on_with_a_text_or_without(string tag, string command)
    {
        var said = await SayAsync($"@+reply=id;{tag}=\U0001F1E6\U0001F1F7\\sor\\:so {command}");

        Assert.Equal(("\U0001F1E6\U0001F1F7 or;so", "id"), (said.Tags[tag], said.Tags["+reply"]));
    }

    [Theory]
    [InlineData("+channel-context")]
    [InlineData("+draft/channel-context")]
    [Quote(Context, "This tag MUST be attached to PRIVMSG and NOTICE messages to users only.", "2026-04-09")]
    [Quote(Context, "The channel-context tag is sent by a client with the client-only prefix `+`. The value MUST be a valid channel name.", "2026-04-09")]
    public async Task An_answer_that_belongs_to_a_channel_says_so_now_and_later_to_clients_of_either_year(string tag)
    {
        const string Capabilities = "message-tags batch draft/chathistory echo-message server-time";
        var all = await Server.JoinAllAsync("#room", ("Ann", Capabilities), ("Bob", Capabilities));

        await all[0].AskAsync($"@{tag}=#room NOTICE Bob :I'm helping.");

        foreach (var line in new[] { await all[1].ExpectAsync("NOTICE"), (await all[1].AskAsync("CHATHISTORY LATEST Ann * 5"))[1] })
        {
            Assert.Equal(("#room", "#room"), (line.Tags["+channel-context"], line.Tags["+draft/channel-context"]));
        }
    }

    [Theory]
    [InlineData("#room", "from Ann: (in room) I'm helping.")]
    [InlineData("room", "from Ann: I'm helping.")]
    [InlineData("#no!room", "from Ann: I'm helping.")]
    [InlineData("", "from Ann: I'm helping.")]
    [Quote(Context, "Clients MUST ignore this tag if it is not attached to a private PRIVMSG or NOTICE message or if its value is not a valid channel name.", "2026-04-09")]
    public async Task People_on_lines_and_so_in_parley_chat_read_which_channel_it_belongs_to(string channel, string shown)
    {
        var ann = await Server.JoinAsync("Ann", "#room", "message-tags");
        await using var lena = await Server.EnterLinesAsync("Lena");

        await ann.AskAsync($"@+channel-context={channel} NOTICE Lena :I'm helping.");

        await lena.ReadUntilAsync(shown);
    }

    [Fact]
    public async Task In_a_channel_it_says_nothing_to_people_on_lines()
    {
        var ann = await Server.JoinAsync("Ann", "#room", "message-tags");
        await using var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/join room");
        await lena.ReadUntilAsync("You joined room");

        await ann.AskAsync("@+channel-context=#other PRIVMSG #room :hi");

        await lena.ReadUntilAsync("Ann: hi");
    }

    private async Task<IrcLine> SayAsync(string line)
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "message-tags"), ("Bob", "message-tags"));
        await all[0].AskAsync(line);
        return await all[1].ExpectAsync(IrcLine.Parse(line).Command);
    }
}
