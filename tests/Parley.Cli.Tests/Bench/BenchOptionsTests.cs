using Parley.Cli.Bench;

namespace Parley.Cli.Tests.Bench;

public sealed class BenchOptionsTests
{
    [Fact]
    public void The_defaults_can_be_run() => Assert.Null(Reports.Options.Error(isWindowGiven: false));

    [Fact]
    public void What_cannot_be_run_is_told_with_what_to_do()
    {
        Assert.Equal(
            "--rate is an open loop and --window a closed one: give one of them",
            (Reports.Options with { RatePerSecond = 1 }).Error(isWindowGiven: true));
        Assert.Equal(
            "101 rooms for 100 clients: give at most as many --rooms as --clients",
            (Reports.Options with { Rooms = 101 }).Error(isWindowGiven: false));
        Assert.Equal(
            "11 senders of 10 clients: give at most as many --senders as --clients",
            (Reports.Options with { Clients = 10, Senders = 11 }).Error(isWindowGiven: false));
        Assert.Equal(
            $"A room would be called {new string('x', 61)}-100, which is too long: give a shorter --room",
            (Reports.Options with { Rooms = 100, RoomPrefix = new string('x', 61) }).Error(isWindowGiven: false));
    }

    [Fact]
    public void Ramp_and_warm_up_come_before_what_is_measured()
    {
        BenchOptions options = Reports.Options with { Ramp = TimeSpan.FromSeconds(3), WarmUp = TimeSpan.FromSeconds(2) };

        Assert.Equal(TimeSpan.FromSeconds(5), options.MeasureFrom);
        Assert.Equal(TimeSpan.FromSeconds(15), options.MeasureTo);
    }

    [Fact]
    public void Clients_are_spread_evenly_over_the_rooms() =>
        Assert.Equal(
            ["bench-1", "bench-2", "bench-3", "bench-1"],
            Enumerable.Range(0, 4).Select((Reports.Options with { Rooms = 3 }).RoomOf));
}
