using Parley.Cli.Bench;

namespace Parley.Cli.Tests.Bench;

public sealed class PacerTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void Without_a_ramp_messages_are_due_at_equal_distances()
    {
        var pacer = new Pacer(ratePerSecond: 1000, ramp: TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, pacer.TimeOf(0));
        Assert.Equal(TimeSpan.FromMilliseconds(1), pacer.TimeOf(1));
        Assert.Equal(TimeSpan.FromHours(1), pacer.TimeOf(3_600_000));
    }

    [Fact]
    public void Over_a_ramp_half_as_many_are_due_as_at_the_full_rate()
    {
        var pacer = new Pacer(ratePerSecond: 100, ramp: TimeSpan.FromSeconds(10));

        Assert.Equal(500, pacer.DueBefore(TimeSpan.FromSeconds(10)));
        Assert.Equal(125, pacer.DueBefore(TimeSpan.FromSeconds(5)));
        Assert.Equal(600, pacer.DueBefore(TimeSpan.FromSeconds(11)));
        Assert.Equal(TimeSpan.FromSeconds(10), pacer.TimeOf(500));
        Assert.Equal(TimeSpan.FromSeconds(5), pacer.TimeOf(125));
        Assert.Equal(TimeSpan.FromSeconds(11), pacer.TimeOf(600));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 7)]
    [InlineData(12_345, 2)]
    [InlineData(1_000_000, 30)]
    public void The_schedule_never_goes_back_and_both_ways_of_asking_agree(double rate, int rampSeconds)
    {
        var pacer = new Pacer(rate, TimeSpan.FromSeconds(rampSeconds));
        TimeSpan last = -Tick;
        for (long number = 0; number < 200_000; number++)
        {
            TimeSpan due = pacer.TimeOf(number);
            Assert.True(due >= last, $"{number} is due at {due}, the one before at {last}");
            // A tick is rounded away: so many messages fit into one.
            Assert.InRange(pacer.DueBefore(due), number - rate * Tick.TotalSeconds * 2 - 1e-6 * number, number + 1e-6 * number + 1e-9);
            last = due;
        }
    }
}
