using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.Broker;

/// <summary>Invariant 5: what was accepted is delivered, or its sender is told.</summary>
public sealed class StoppingTests
{
    private readonly HandFlushes _flushes = new();
    private readonly TestBroker _test;

    public StoppingTests() => _test = new TestBroker(_flushes);

    [Fact]
    public async Task A_post_that_is_under_way_when_the_broker_stops_is_refused()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann", "main");
        _test.Time.Reset(_ => hold.Pause());

        var posting = BackgroundWork.Run(() => ann.PostAsync("main", "late"));
        hold.WaitUntilReached();
        await _test.Broker.StopAsync();
        hold.Release();

        Assert.Equal(Verdict.Stopping, posting.Result());
        _flushes.Run();
        Assert.Empty(ann.Waiting());
    }

    [Fact]
    public async Task A_direct_message_that_is_under_way_when_the_broker_stops_has_missed_everybody()
    {
        using var hold = new Hold();
        var ann = await _test.SignInAsync("Ann");
        var bob = await _test.SignInAsync("Bob");
        _test.Time.Reset(_ => hold.Pause());

        var telling = BackgroundWork.Run(() => new ValueTask<string[]>(ann.TellAsync("late", "Bob")));
        hold.WaitUntilReached();
        await _test.Broker.StopAsync();
        hold.Release();

        Assert.Equal(["Bob"], telling.Result());
        Assert.Empty(bob.Waiting());
    }

    [Fact]
    public async Task A_post_that_is_being_put_into_its_room_when_the_broker_stops_is_delivered()
    {
        using var hold = new Hold();
        var ann = await TestBroker.SignInAsync("Ann", _test.NewSession(HoldingFlavor.At(hold, "last")), "main");

        var posting = BackgroundWork.Run(() => ann.PostAsync("main", "last"));
        hold.WaitUntilReached();
        var stopping = BackgroundWork.Run(_test.Broker.StopAsync).WaitUntilBlocked();
        hold.Release();

        Assert.Equal(Verdict.Accepted, posting.Result());
        stopping.Result();
        Assert.Equal(["main| Ann: last"], ann.Waiting());
    }

    [Fact]
    public async Task What_no_flush_has_reached_yet_is_given_to_everybody_when_the_broker_stops()
    {
        var ann = await _test.SignInAsync("Ann", "one", "two");
        var bob = await _test.SignInAsync("Bob", "one", "two");
        _flushes.Run();

        await ann.MustPostAsync("one", "1");
        await ann.MustPostAsync("two", "2");
        await _test.Broker.StopAsync();

        Assert.Equal(["one| Ann: 1", "two| Ann: 2"], bob.Waiting().Order());
    }
}
