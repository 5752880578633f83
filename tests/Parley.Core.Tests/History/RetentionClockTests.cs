using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Tests.Fixtures;
using Parley.TestKit;

namespace Parley.Core.Tests.History;

public sealed class RetentionClockTests
{
    private static readonly DateTimeOffset Newest = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new(Newest.AddDays(40));

    [Fact]
    public void A_clock_that_is_far_ahead_makes_nothing_older_than_time_has_passed()
    {
        var clock = new RetentionClock(() => Newest, _time);

        Assert.Equal(Newest, clock.Now(out var jump));
        Assert.Equal(TimeSpan.FromDays(40), jump);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(Newest.AddSeconds(8), clock.Now(out jump));
        Assert.Null(jump);
    }

    [Fact]
    public void After_a_real_pause_it_catches_up_at_twice_the_speed_and_then_goes_with_the_clock()
    {
        _time.SetUtcNow(Newest.AddHours(6));
        var clock = new RetentionClock(() => Newest, _time);

        clock.Now(out var jump);
        _time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(Newest.AddHours(10), clock.Now(out _));
        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(Newest.AddHours(13), clock.Now(out _));
        Assert.Null(jump);
    }

    [Fact]
    public void A_clock_that_jumps_while_the_server_runs_is_told_once()
    {
        _time.SetUtcNow(Newest);
        var clock = new RetentionClock(() => Newest, _time);
        clock.Now(out _);

        _time.SetUtcNow(Newest.AddDays(400));
        Assert.Equal(Newest, clock.Now(out var jump));
        Assert.Equal(TimeSpan.FromDays(400), jump);
        clock.Now(out jump);
        Assert.Null(jump);
    }

    [Fact]
    public void A_clock_that_is_set_back_is_followed_at_once()
    {
        _time.SetUtcNow(Newest.AddDays(-3));

        Assert.Equal(Newest.AddDays(-3), new RetentionClock(() => Newest, _time).Now(out _));
    }

    [Fact]
    public void Without_a_message_the_clock_is_all_there_is()
        => Assert.Equal(_time.GetUtcNow(), new RetentionClock(() => null, _time).Now(out _));

    [Fact]
    public void The_end_of_time_is_no_end_of_the_server()
    {
        _time.SetUtcNow(DateTimeOffset.MaxValue);
        var clock = new RetentionClock(() => DateTimeOffset.MaxValue, _time);

        clock.Now(out _);
        Assert.Equal(DateTimeOffset.MinValue, new Retention(TimeSpan.MaxValue, 0).KeptSince(clock.Now(out _)));
    }
}
