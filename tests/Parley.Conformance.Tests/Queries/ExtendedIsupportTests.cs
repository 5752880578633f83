using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Queries;

/// <summary>https://ircv3.net/specs/extensions/extended-isupport, of 2025-04-29</summary>
public sealed class ExtendedIsupportTests : ConformanceTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/extended-isupport";
    private const string Cap = "draft/extended-isupport";

    [Fact]
    [Quote(Spec, "When the `draft/extended-isupport` capability is enabled by the client, the server MUST accept `ISUPPORT` commands before connection registration completes", "2025-04-29")]
    [Quote(Spec, "The server MUST group all `RPL_ISUPPORT` messages inside a `draft/isupport` batch when the [`batch`][batch] and `draft/extended-isupport` capabilities are enabled.", "2025-04-29")]
    [Quote(Spec, "The batch MUST only contain one or more `RPL_ISUPPORT` messages, it MUST NOT contain any other message.", "2025-04-29")]
    public async Task Tokens_are_told_before_registration_in_a_batch()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :batch {Cap}");
        await client.SyncAsync();

        AssertBatch(await client.AskAsync("ISUPPORT"), "*");
    }

    [Fact]
    [Quote(Spec, "The server MUST NOT send any unbatched `RPL_ISUPPORT` message while both of these capabilities are enabled.", "2025-04-29")]
    public async Task At_registration_and_with_VERSION_they_are_in_a_batch_too()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :batch {Cap}", "NICK Ann", "USER ann 0 * :Ann", "CAP END");
        var greeting = await client.SyncAsync();

        AssertBatch(greeting[(greeting.FindIndex(line => line.Command == "BATCH"))..(greeting.FindLastIndex(line => line.Command == "BATCH") + 1)], "Ann");
        AssertBatch((await client.AskAsync("VERSION"))[1..], "Ann");
    }

    [Theory]
    [InlineData("batch")]
    [InlineData(Cap)]
    [Quote(Spec, "When receiving this command, the server MUST reply with one or more `RPL_ISUPPORT` messages", "2025-04-29")]
    public async Task Without_one_of_the_capabilities_they_come_by_themselves(string capability)
    {
        var ann = await Server.RegisterAsync("Ann", capability);

        Assert.All(await ann.AskAsync("ISUPPORT"), line => Assert.Equal("005", line.Command));
    }

    [Fact]
    public async Task Before_registration_it_takes_the_capability()
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":parley 451 * :You have not registered"], (await client.AskAsync("ISUPPORT")).Bodies());
    }

    [Fact]
    public async Task A_label_stands_on_the_batch()
    {
        var ann = await Server.RegisterAsync("Ann", $"batch {Cap} labeled-response");

        var answer = await ann.AskAsync("@label=i ISUPPORT");

        AssertBatch(answer, "Ann");
        Assert.Equal("i", answer[0].Tags["label"]);
        Assert.Single(answer, line => line.Tags.ContainsKey("label"));
    }

    private static void AssertBatch(List<IrcLine> lines, string nick)
    {
        Assert.Equal(("BATCH", "draft/isupport"), (lines[0].Command, lines[0].Text));
        Assert.Equal(["-" + lines[0].Parameters[0][1..]], lines[^1].Parameters);
        Assert.All(lines.Skip(1).SkipLast(1), line => Assert.Equal(("005", nick, lines[0].Parameters[0][1..]), (line.Command, line.Parameters[0], line.Tags["batch"])));
        Assert.Contains(lines, line => line.Parameters.Contains("UTF8ONLY"));
    }
}
