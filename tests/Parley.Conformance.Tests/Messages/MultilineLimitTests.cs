using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Messages;

/// <summary>https://ircv3.net/specs/extensions/multiline, as changed on 2026-02-12</summary>
public sealed class MultilineLimitTests : ConformanceTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/multiline";

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    [Quote(Spec, "`max-lines` - This defines the maximum allowed number of `PRIVMSG` or `NOTICE` commands in a multiline batch", "2026-02-12")]
    [Quote(Spec, "All lines contribute towards the `max-lines` limit, including lines that use the `draft/multiline-concat` tag.", "2026-02-12")]
    public async Task Lines_that_go_on_count_like_others(int commands, bool fits)
    {
        var all = await Server.JoinAllAsync("#room", ("Ann", "batch draft/multiline"), ("Bob", "batch draft/multiline"));
        await all[0].SendAllAsync(
            [
                "BATCH +1 draft/multiline #room", "@batch=1 PRIVMSG #room :x",
                .. Enumerable.Repeat("@batch=1;draft/multiline-concat PRIVMSG #room :x", commands - 1), "BATCH -1",
            ]);

        var answer = await all[0].SyncAsync();

        Assert.Equal(fits ? [] : ["MULTILINE_MAX_LINES"], answer.Select(line => line.Parameters[1]));
        Assert.Equal(fits, (await all[1].SyncAsync()).Count > 0);
    }
}
