using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/client-batch, as changed on 2026-02-13</summary>
public sealed class ClientBatchTests : ConformanceTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/client-batch";
    private const string Capabilities = "batch draft/multiline message-tags labeled-response";

    [Theory]
    [InlineData("a/b")]
    [InlineData("a_b")]
    [InlineData("é")]
    [InlineData("a.b")]
    [Quote(Spec, "`INVALID_REFTAG <reference-tag>`: the provided reference tag contains disallowed characters, all past and future messages in this batch will be ignored.", "2026-02-13")]
    public async Task A_reference_of_other_characters_is_refused_and_its_messages_are_ignored(string reference)
    {
        var (ann, bob) = await MeetAsync();

        await ann.SendAllAsync($"BATCH +{reference} draft/multiline #room", $"@batch={reference} PRIVMSG #room :lost", $"BATCH -{reference}");

        var refusal = Assert.Single(await ann.SyncAsync());
        Assert.Equal(["BATCH", "INVALID_REFTAG", reference], refusal.Parameters.SkipLast(1));
        await bob.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Spec, "`UNKNOWN_TYPE <reference-tag> <type>`: the batch type is not recognized by the server, all past and future messages in this batch will be ignored.", "2026-02-13")]
    public async Task A_type_that_is_not_known_is_refused_and_its_messages_are_ignored()
    {
        var (ann, bob) = await MeetAsync();

        await ann.SendAllAsync("BATCH +1 draft/picture #room", "@batch=1 PRIVMSG #room :lost", "@batch=1 TOPIC #room :lost", "@batch=1 TOKEN VALIDATE x", "BATCH -1", "PRIVMSG #room :said");

        var refusal = Assert.Single(await ann.SyncAsync());
        Assert.Equal(["BATCH", "UNKNOWN_TYPE", "1", "draft/picture"], refusal.Parameters.SkipLast(1));
        Assert.Equal(["said"], (await bob.SyncAsync()).Select(line => line.Text));
    }

    [Fact]
    [Quote(Spec, "`TIMEOUT <reference-tag>`: the batch was left open for too long, all past and future messages in this batch will be ignored.", "2026-02-13")]
    public async Task A_batch_that_is_left_open_is_ignored()
    {
        var (ann, bob) = await MeetAsync();
        await ann.SendAllAsync("BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :past");
        await ann.SyncAsync();
        Server.Time.Advance(TimeSpan.FromSeconds(61));

        await ann.SendAllAsync("@batch=1 PRIVMSG #room :future", "BATCH -1");

        var refusal = Assert.Single(await ann.SyncAsync());
        Assert.Equal(["BATCH", "TIMEOUT", "1"], refusal.Parameters.SkipLast(1));
        await bob.ExpectNothingAsync();
    }

    private async Task<(IrcClient Ann, IrcClient Bob)> MeetAsync()
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", Capabilities), ("Bob", ""));
        return (all[0], all[1]);
    }
}
