using System.Threading.Channels;
using Parley.Cli.Bench;

namespace Parley.Cli.Tests.Bench;

public sealed class PacingThreadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Senders_take_turns_and_no_turn_comes_before_it_is_due()
    {
        var pacer = new Pacer(ratePerSecond: 1000, ramp: TimeSpan.Zero);
        var pacing = new PacingThread(pacer, end: TimeSpan.FromMilliseconds(100), senders: 3);
        var clock = new RunClock(TimeProvider.System);

        pacing.Start(clock, Token);
        TimeSpan[][] turns = await Task.WhenAll(Enumerable.Range(0, 3).Select(sender => TakeAsync(pacing.TurnsOf(sender), clock)));

        Assert.Equal(Enumerable.Range(0, 34).Select(i => pacer.TimeOf(i * 3)), turns[0]);
        Assert.Equal(Enumerable.Range(0, 33).Select(i => pacer.TimeOf(i * 3 + 1)), turns[1]);
        Assert.Equal(Enumerable.Range(0, 33).Select(i => pacer.TimeOf(i * 3 + 2)), turns[2]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Told_to_stop_it_gives_no_more_turns()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var pacing = new PacingThread(new Pacer(ratePerSecond: 1, ramp: TimeSpan.Zero), end: TimeSpan.FromHours(1), senders: 1);
        pacing.Start(new RunClock(TimeProvider.System), stop.Token);
        Assert.Equal(TimeSpan.Zero, await pacing.TurnsOf(0).ReadAsync(Token));

        await stop.CancelAsync();

        await pacing.TurnsOf(0).Completion;
    }

    private static async Task<TimeSpan[]> TakeAsync(ChannelReader<TimeSpan> turns, RunClock clock)
    {
        List<TimeSpan> taken = [];
        await foreach (TimeSpan due in turns.ReadAllAsync(Token))
        {
            Assert.True(clock.Elapsed >= due);
            taken.Add(due);
        }

        return [.. taken];
    }
}
