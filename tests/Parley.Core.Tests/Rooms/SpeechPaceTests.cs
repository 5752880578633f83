using Parley.Core.Accounts;
using Parley.Core.Broker.Rooms;
using Parley.Core.Rooms;
using Xunit;

namespace Parley.Core.Tests.Rooms;

/// <summary>The times at which people last spoke in a room in slow mode.</summary>
public sealed class SpeechPaceTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly Identity Ann = Identity.OfGuest(1);

    private readonly SpeechPace _pace = new();

    [Fact]
    public void Nobody_has_spoken_yet() => Assert.Null(_pace.Since(Ann, Start, Pause));

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(29.5, 29.5)]
    [InlineData(30, null)]
    [InlineData(3600, null)]
    [InlineData(-5, 0.0)]
    [InlineData(-30, null)]
    public void The_time_since_somebody_spoke_is_known_for_as_long_as_it_matters_and_a_clock_that_was_set_back_keeps_nobody_waiting_longer(double later, double? since)
    {
        _pace.Spoke(Ann, Start, Pause);

        Assert.Equal(since, _pace.Since(Ann, Start.AddSeconds(later), Pause)?.TotalSeconds);
        Assert.Null(_pace.Since(Identity.OfGuest(2), Start.AddSeconds(later), Pause));
    }

    [Fact]
    public void A_message_that_nobody_has_does_not_count_and_an_earlier_one_takes_nothing_back()
    {
        _pace.Spoke(Ann, Start.AddSeconds(1), Pause);

        _pace.TakeBack(Ann, Start);
        Assert.NotNull(_pace.Since(Ann, Start.AddSeconds(2), Pause));
        _pace.TakeBack(Ann, Start.AddSeconds(1));
        Assert.Null(_pace.Since(Ann, Start.AddSeconds(2), Pause));
    }

    [Fact]
    public void Those_who_have_waited_are_forgotten()
    {
        for (var at = 0; at < 100_000; at++)
        {
            _pace.Spoke(Identity.OfGuest(at + 1), Start.AddSeconds(at), Pause);
        }

        Assert.InRange(_pace.Count, 30, 128);
    }

    [Fact]
    public void However_many_speak_within_the_pause_no_more_than_a_bound_are_kept_and_those_who_spoke_last_are()
    {
        for (var at = 0; at < 100_000; at++)
        {
            _pace.Spoke(Identity.OfGuest(at + 1), Start.AddTicks(at), Pause);
        }

        Assert.InRange(_pace.Count, SpeechPace.MaxKept / 2, SpeechPace.MaxKept);
        Assert.NotNull(_pace.Since(Identity.OfGuest(100_000), Start.AddSeconds(1), Pause));
        Assert.NotNull(_pace.Since(Identity.OfGuest(100_000 - (SpeechPace.MaxKept / 2) + 1), Start.AddSeconds(1), Pause));
        Assert.Null(_pace.Since(Ann, Start.AddSeconds(1), Pause));
    }
}
