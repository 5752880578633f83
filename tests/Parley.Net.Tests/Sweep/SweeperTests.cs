using System.Net;
using Parley.Net.Resolve;
using Parley.Net.Sweep;
using Parley.Net.Tests.Support;
using Parley.TestKit;

namespace Parley.Net.Tests.Sweep;

public sealed class SweeperTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Silent_hosts_are_waited_for_together()
    {
        var clock = new ManualTimeProvider();
        var sweeper = new Sweeper(new SilentProbe(clock), new FakeNames(), degree: 256);
        Task<List<SweepResult>> sweep = sweeper.SweepAsync(Addresses("127.0.0.1-254"), Ending).ToListAsync(Ending).AsTask();

        await clock.WhenTimersArmedAsync(254, Patience);
        clock.Advance(Patience);

        List<SweepResult> results = await sweep.WithinSafetyAsync();
        Assert.Equal(254, results.Count);
        Assert.All(results, result => Assert.Equal((ProbeReplyKind.Silent, Patience), (result.Reply.Kind, result.Reply.RoundTrip)));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_answer_is_told_before_others_have_come()
    {
        var slow = new TaskCompletionSource<ProbeReply>();
        var sweeper = new Sweeper(new FakeProbe(address => address == "127.0.0.2" ? Task.FromResult(Reply(ProbeReplyKind.Answered)) : slow.Task), new FakeNames(), 3);
        await using var results = sweeper.SweepAsync(Addresses("127.0.0.1-3"), Ending).GetAsyncEnumerator(Ending);

        Assert.True(await results.MoveNextAsync());
        Assert.Equal("127.0.0.2", results.Current.Target.Text);
        slow.SetResult(Reply(ProbeReplyKind.Refused));
        Assert.True(await results.MoveNextAsync());
        Assert.True(await results.MoveNextAsync());
        Assert.False(await results.MoveNextAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_name_is_there_as_soon_as_one_of_its_addresses_is()
    {
        var never = new TaskCompletionSource<ProbeReply>();
        var names = new FakeNames { ["both"] = ["::1", "127.0.0.1"] };
        var sweeper = new Sweeper(new FakeProbe(address => address == "::1" ? never.Task : Task.FromResult(Reply(ProbeReplyKind.Answered))), names, 1);

        SweepResult result = await sweeper.SweepAsync([new SweepTarget("both", null)], Ending).SingleAsync(Ending);

        Assert.Equal("both", result.Target.Text);
        Assert.Equal(IPAddress.Loopback, result.Address);
        Assert.Equal(ProbeReplyKind.Answered, result.Reply.Kind);
    }

    [Fact(Timeout = 60_000)]
    public async Task Of_a_name_that_does_not_answer_the_best_news_is_told()
    {
        var names = new FakeNames { ["both"] = ["::1", "127.0.0.1"] };
        var sweeper = new Sweeper(new FakeProbe(address => Task.FromResult(Reply(address == "::1" ? ProbeReplyKind.Silent : ProbeReplyKind.Refused))), names, 1);

        SweepResult result = await sweeper.SweepAsync([new SweepTarget("both", null)], Ending).SingleAsync(Ending);
        Assert.Equal(ProbeReplyKind.Refused, result.Reply.Kind);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_unknown_name_or_a_broken_probe_concerns_that_target_only()
    {
        var sweeper = new Sweeper(new FakeProbe(address => address == "127.0.0.1" ? throw new NotSupportedException("broken") : Task.FromResult(Reply(ProbeReplyKind.Answered))), new FakeNames(), 2);

        List<SweepResult> results = await sweeper
            .SweepAsync([new SweepTarget("nobody", null), .. Addresses("127.0.0.1-2")], Ending).ToListAsync(Ending);

        Assert.Equal(
            ["127.0.0.1: Failed broken", "127.0.0.2: Answered ", "nobody: Failed nobody is unknown"],
            results.Select(result => $"{result.Target.Text}: {result.Reply.Kind} {result.Reply.Detail}").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<SweepTarget> Addresses(string text) =>
        TargetParser.TryParse(text, 1000, out IReadOnlyList<SweepTarget>? targets, out string? error) ? targets : throw new ArgumentException(error, nameof(text));

    private static ProbeReply Reply(ProbeReplyKind kind) => new(kind, TimeSpan.Zero);

    private sealed class FakeProbe(Func<string, Task<ProbeReply>> answer) : IProbe
    {
        public async ValueTask<ProbeReply> ProbeAsync(IPAddress address, CancellationToken cancellationToken) =>
            await answer(address.ToString()).WaitAsync(cancellationToken);
    }

    private sealed class SilentProbe(TimeProvider clock) : IProbe
    {
        public async ValueTask<ProbeReply> ProbeAsync(IPAddress address, CancellationToken cancellationToken)
        {
            await Task.Delay(Patience, clock, cancellationToken);
            return new ProbeReply(ProbeReplyKind.Silent, Patience);
        }
    }
}
