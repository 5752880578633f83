using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Users;

/// <summary>https://ircv3.net/specs/extensions/oper-tag, of 2026-04-27</summary>
public sealed class OperTagTests : OperatorTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/oper-tag";

    [Fact]
    [Quote(Spec, "The tag MUST be named `draft/oper`. The value of the tag, if specified, MUST identify the operator.", "2026-04-27")]
    [Quote(Spec, "The tag MUST be added by the ircd to all commands sent by a user (e.g. PRIVMSG, MODE, NOTICE, and all others)", "2026-04-27")]
    public async Task What_an_operator_does_is_marked_for_those_who_want_to_know()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "message-tags"), ("Bob", "draft/oper-tag message-tags"), ("Cid", "message-tags"));
        await all[0].AskAsync("PRIVMSG #room :before");
        Assert.DoesNotContain("draft/oper", (await all[1].ExpectAsync("PRIVMSG")).Tags.Keys);
        await RaiseAsync(all[0]);

        await all[0].SendAllAsync("PRIVMSG #room :hi", "NOTICE #room :hi", "TOPIC #room :tea", "MODE #room +m", "PRIVMSG Bob :psst", "NICK Anna", "PART #room");

        foreach (var command in new[] { "PRIVMSG", "NOTICE", "TOPIC", "MODE", "PRIVMSG", "NICK", "PART" })
        {
            var line = (await all[1].ReadUntilAsync(command))[^1];
            Assert.Equal("", line.Tags["draft/oper"]);
        }

        Assert.All(await all[2].SyncAsync(), line => Assert.DoesNotContain("draft/oper", line.Tags.Keys));
    }

    [Fact]
    public async Task Whoever_gives_it_up_is_not_marked_any_more()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", ""), ("Bob", "draft/oper-tag"));
        await RaiseAsync(all[0]);
        await all[0].AskAsync("MODE Ann -o");
        await all[0].AskAsync("PRIVMSG #room :hi");

        Assert.DoesNotContain("draft/oper", (await all[1].ReadUntilAsync("PRIVMSG"))[^1].Tags.Keys);
    }

    [Fact]
    [Quote(Spec, "The tag MUST be added by the ircd to all commands sent by a user (e.g. PRIVMSG, MODE, NOTICE, and all others)", "2026-04-27")]
    public async Task So_is_every_other_command_of_its()
    {
        const string Capabilities =
            "draft/oper-tag message-tags away-notify setname batch draft/multiline draft/message-redaction draft/channel-rename echo-message account-notify";
        var all = await Server.JoinAllAsync("#room", ("Ann", Capabilities), ("Bob", Capabilities), ("Cid", Capabilities));
        await RaiseAsync(all[0]);
        await all[0].AskAsync("PART #room");
        await all[1].SyncAsync();

        await all[0].SendAllAsync("JOIN #room", "PRIVMSG #room :to be taken back");
        var id = (await all[0].ReadUntilAsync("PRIVMSG"))[^1].Tags["msgid"];
        await all[0].SendAllAsync(
            $"REDACT #room {id}", "@+typing=active TAGMSG #room", "AWAY :tea", "SETNAME :Ann of Kent", "KICK #room Cid",
            "BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :one", "@batch=1 PRIVMSG #room :two", "BATCH -1", "RENAME #room #hall", "QUIT");

        foreach (var command in new[] { "JOIN", "REDACT", "TAGMSG", "AWAY", "SETNAME", "KICK", "BATCH", "RENAME", "QUIT" })
        {
            var line = (await all[1].ReadUntilAsync(command))[^1];
            Assert.True(line.Tags.ContainsKey("draft/oper"), line.Raw);
        }
    }
}
