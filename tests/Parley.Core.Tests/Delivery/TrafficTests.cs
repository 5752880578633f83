using Parley.Core.Delivery;
using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Delivery;

public sealed class TrafficTests
{
    private readonly Watch _watch = new();
    private readonly HandFlushes _flushes = new();

    [Fact]
    public async Task What_is_said_is_counted_once_in_and_once_out_for_each_member()
    {
        var test = new TestBroker(_flushes);
        var (spoken, heard) = (new Traffic(), new Traffic());
        var ann = await TestBroker.SignInAsync("Ann", test.NewSession(outbox: new OutboxOptions { Traffic = spoken }), "main");
        var ben = await TestBroker.SignInAsync("Ben", test.NewSession(outbox: new OutboxOptions { Traffic = heard }), "main");
        _flushes.Run();
        ann.Waiting();
        var (annBefore, benBefore, sends) = (spoken.MessagesOut, heard.MessagesOut, heard.Sends);
        for (var i = 0; i < 10; i++)
        {
            await ann.MustPostAsync("main", "hello");
        }

        _flushes.Run();
        Assert.Equal((10, 0), (spoken.MessagesIn, heard.MessagesIn));
        Assert.Equal((10, 10), (spoken.MessagesOut - annBefore, heard.MessagesOut - benBefore));
        Assert.Equal(1, heard.Sends - sends);
        Assert.Equal(10, ben.Waiting().Count(line => line == "main| Ann: hello"));
        Assert.True(heard.BytesOut >= 10 * "main| Ann: hello".Length);
    }

    [Fact]
    public async Task Of_64_messages_of_a_thread_one_is_followed_through_the_room_to_its_flush()
    {
        var test = new TestBroker(_flushes);
        var ann = await TestBroker.SignInAsync("Ann", test.NewSession(outbox: new OutboxOptions { Traffic = new Traffic(_watch) }), "main");
        for (var i = 0; i < (2 * Traffic.SampleEvery) + 1; i++)
        {
            await ann.MustPostAsync("main", "hello");
        }

        Assert.Equal(3, _watch.Samples.Count);
        Assert.All(_watch.Samples, sample => Assert.Equal(["published"], sample.Steps));
        _flushes.Run();
        Assert.All(_watch.Samples, sample => Assert.Equal(["published", "flushed"], sample.Steps));
        _flushes.Run();
        Assert.All(_watch.Samples, sample => Assert.Equal(2, sample.Steps.Count));
    }

    [Fact]
    public async Task With_history_a_message_is_kept_before_it_is_published()
    {
        await using var test = new TestHistory(flushes: _flushes);
        var ann = test.NewSession(new OutboxOptions { Traffic = new Traffic(_watch) });
        await ann.MustSignInAsync("Ann");
        await ann.JoinAsync("main");
        await ann.PostAsync("main", "hello");
        await test.Broker.StopAsync();
        Assert.Equal(["kept", "published", "flushed"], Assert.Single(_watch.Samples).Steps);
    }

    [Fact]
    public async Task A_direct_message_is_followed_until_all_who_read_it_were_sent_it()
    {
        var test = new TestBroker(_flushes);
        var ann = await TestBroker.SignInAsync("Ann", test.NewSession(outbox: new OutboxOptions { Traffic = new Traffic(_watch) }));
        var ben = await test.SignInAsync("Ben");
        var cyd = await test.SignInAsync("Cyd");
        Assert.Empty(await ann.TellAsync("hello", "Ben", "Cyd"));
        var sample = Assert.Single(_watch.Samples);
        await sample.WhenFlushed;
        Assert.Equal(["published", "flushed"], sample.Steps);
        Assert.Equal((1, 1), (ben.Waiting().Length, cyd.Waiting().Length));
    }

    [Fact]
    public async Task With_history_a_direct_message_is_kept_before_it_is_published()
    {
        await using var test = new TestHistory(flushes: _flushes);
        var ann = test.NewSession(new OutboxOptions { Traffic = new Traffic(_watch) });
        await ann.MustSignInAsync("Ann");
        Assert.Empty(await ann.TellAsync("to myself", "Ann"));
        await Assert.Single(_watch.Samples).WhenFlushed;
        Assert.Equal(["kept", "published", "flushed"], _watch.Samples[0].Steps);
    }

    [Fact]
    public async Task A_direct_message_that_reaches_nobody_is_not_timed()
    {
        var test = new TestBroker(_flushes);
        var ann = await TestBroker.SignInAsync("Ann", test.NewSession(outbox: new OutboxOptions { Traffic = new Traffic(_watch) }));
        Assert.Single(await ann.TellAsync("hello", "Nobody"));
        Assert.Empty(Assert.Single(_watch.Samples).Steps);
    }

    [Theory]
    [InlineData(OverflowPolicy.TellAndSkip)]
    [InlineData(OverflowPolicy.Disconnect)]
    public async Task A_reader_that_falls_behind_is_one_overflow_however_much_it_misses(OverflowPolicy policy)
    {
        var test = new TestBroker(_flushes);
        var traffic = new Traffic();
        var ann = await test.SignInAsync("Ann", "main");
        var slow = await TestBroker.SignInAsync(
            "Slow", test.NewSession(outbox: new OutboxOptions { MaxBytes = 1000, Overflow = policy, Traffic = traffic }), "main");
        _flushes.Run();
        slow.Sink.Room = 0;
        for (var i = 0; i < 100; i++)
        {
            await ann.MustPostAsync("main", new string('x', 100));
            _flushes.Run();
        }

        Assert.Equal(1, traffic.Overflows);
        Assert.Equal(policy == OverflowPolicy.TellAndSkip, traffic.Missed > 0);
        Assert.InRange(traffic.Missed, 0, 100);
    }

    [Fact]
    public async Task The_census_counts_users_with_several_sessions_once_and_what_waits_for_all_of_them()
    {
        var test = new TestBroker(_flushes);
        var (first, second) = (test.NewSession(), test.NewSession());
        await first.LogInAsync("Ann");
        await first.JoinAsync("main");
        await first.JoinAsync("garden");
        await second.LogInAsync("Ann");
        await test.SignInAsync("Ben");
        var census = test.Broker.Census();
        Assert.Equal((2, 3, 2), (census.Users, census.Sessions, census.Rooms));
    }

    private sealed class Watch : ITrafficMonitor
    {
        public List<Followed> Samples { get; } = [];

        public DeliverySample? Accepted(bool isSample)
        {
            if (!isSample)
            {
                return null;
            }

            Samples.Add(new Followed());
            return Samples[^1];
        }

        public void Sent(int bytes)
        {
        }
    }

    private sealed class Followed : DeliverySample
    {
        private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Steps { get; } = [];

        public Task WhenFlushed => _flushed.Task.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken);

        public override void Kept() => Steps.Add("kept");

        public override void Published() => Steps.Add("published");

        public override void Flushed()
        {
            Steps.Add("flushed");
            _flushed.TrySetResult();
        }
    }
}
