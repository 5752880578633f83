using System.Collections.Concurrent;
using System.Net.Sockets;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Loop;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Loop;

public sealed class SocketLoopTests
{
    [Fact]
    public async Task A_stuck_handler_does_not_stall_the_others()
    {
        await using var loop = new TestLoop();
        using var stuck = new StuckOnce();
        var handled = new ConcurrentQueue<int>();
        var (first, firstClient) = await loop.ConnectAsync();
        var (second, secondClient) = await loop.ConnectAsync();
        var (third, thirdClient) = await loop.ConnectAsync();
        var both = new[] { HandleAsync(first, 1), HandleAsync(second, 2) };
        var later = HandleAsync(third, 3);

        // In one batch: whichever is handled first is stuck, and the other stands behind it.
        using (var hold = await loop.HoldAsync())
        {
            TestLoop.Send(firstClient, "x"u8);
            TestLoop.Send(secondClient, "x"u8);
            hold.Set();
        }

        var thread = await stuck.Entered.WithinSafetyAsync();
        loop.Relieve();
        await Task.WhenAny(both).WithinSafetyAsync();
        TestLoop.Send(thirdClient, "x"u8);
        await later.WithinSafetyAsync();
        await loop.PassAsync();
        Assert.Equal(2, handled.Count);

        stuck.Release();
        Assert.True(thread.Join(Safety.Timeout), "the relieved thread goes on");
        await Task.WhenAll(both).WithinSafetyAsync();
        await loop.PassAsync();
        Assert.Equal([1, 2, 3], handled.Order());
        Assert.Empty(loop.Errors);

        async Task HandleAsync(LoopConnection connection, int number)
        {
            var result = await connection.Input.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
            Assert.Same(loop.Loop, SocketLoop.Current);
            stuck.Pass();
            handled.Enqueue(number);
            connection.Input.AdvanceTo(result.Buffer.End);
        }
    }

    [Fact]
    public async Task What_waits_for_idleness_comes_behind_what_is_ready_and_what_that_has_scheduled()
    {
        await using var loop = new TestLoop();
        var order = new ConcurrentQueue<string>();
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (server, client) = await loop.ConnectAsync();
        var handled = HandleAsync();
        using (var hold = await loop.HoldAsync())
        {
            TestLoop.Send(client, "x"u8);
            loop.Loop.ScheduleWhenIdle(
                _ =>
                {
                    order.Enqueue("idle");
                    idle.SetResult();
                },
                null,
                TimeSpan.FromDays(1));
            hold.Set();
        }

        await idle.Task.WithinSafetyAsync();
        await handled.WithinSafetyAsync();
        Assert.Equal(["event", "scheduled", "idle"], order);

        async Task HandleAsync()
        {
            var result = await server.Input.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
            order.Enqueue("event");
            loop.Loop.Schedule(_ => order.Enqueue("scheduled"), null);
            server.Input.AdvanceTo(result.Buffer.End);
        }
    }

    [Fact]
    public async Task All_that_has_waited_for_its_longest_time_has_its_turn_together_on_a_loop_that_is_never_idle()
    {
        await using var loop = new TestLoop();
        await using var busy = new BusyWork(loop.Loop);
        var rounds = new ConcurrentQueue<int>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var hold = await loop.HoldAsync())
        {
            for (var i = 0; i < 100; i++)
            {
                loop.Loop.ScheduleWhenIdle(_ => rounds.Enqueue(busy.Rounds), null, TimeSpan.Zero);
            }

            loop.Loop.ScheduleWhenIdle(_ => last.SetResult(), null, TimeSpan.FromMilliseconds(1));
            hold.Set();
        }

        await last.Task.WithinSafetyAsync();
        Assert.Single(rounds.Distinct());
        Assert.Equal(100, rounds.Count);
    }

    [Fact]
    public async Task What_waits_for_idleness_equally_long_keeps_its_order()
    {
        await using var loop = new TestLoop();
        var order = new ConcurrentQueue<int>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var hold = await loop.HoldAsync())
        {
            for (var i = 0; i < 100; i++)
            {
                var number = i;
                loop.Loop.ScheduleWhenIdle(_ => order.Enqueue(number), null, TimeSpan.FromDays(1));
            }

            loop.Loop.ScheduleWhenIdle(_ => last.SetResult(), null, TimeSpan.FromDays(2));
            hold.Set();
        }

        await last.Task.WithinSafetyAsync();
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public async Task What_may_wait_longer_comes_later_on_a_loop_that_is_never_idle()
    {
        await using var loop = new TestLoop();
        var order = new ConcurrentQueue<string>();
        var patient = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (var busy = new BusyWork(loop.Loop))
        {
            using (var hold = await loop.HoldAsync())
            {
                loop.Loop.ScheduleWhenIdle(
                    _ =>
                    {
                        order.Enqueue("patient");
                        patient.SetResult();
                    },
                    null,
                    TimeSpan.FromDays(1));
                loop.Loop.ScheduleWhenIdle(_ => order.Enqueue("soon"), null, TimeSpan.FromMilliseconds(1));
                hold.Set();
            }

            while (!order.Contains("soon"))
            {
                await loop.PassAsync();
            }

            Assert.Equal(["soon"], order);
        }

        // The loop is idle: nothing waits any more.
        await patient.Task.WithinSafetyAsync();
        Assert.Equal(["soon", "patient"], order);
    }

    [Fact]
    public async Task What_becomes_ready_goes_ahead_of_the_next_that_waits_for_idleness()
    {
        await using var loop = new TestLoop();
        var order = new ConcurrentQueue<string>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (server, client) = await loop.ConnectAsync();
        var handled = HandleAsync();
        using (var hold = await loop.HoldAsync())
        {
            loop.Loop.ScheduleWhenIdle(
                _ =>
                {
                    order.Enqueue("first");
                    TestLoop.Send(client, "x"u8);
                },
                null,
                TimeSpan.FromDays(1));
            loop.Loop.ScheduleWhenIdle(
                _ =>
                {
                    order.Enqueue("second");
                    last.SetResult();
                },
                null,
                TimeSpan.FromDays(2));
            hold.Set();
        }

        await last.Task.WithinSafetyAsync();
        await handled.WithinSafetyAsync();
        Assert.Equal(["first", "event", "second"], order);

        async Task HandleAsync()
        {
            var result = await server.Input.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
            order.Enqueue("event");
            server.Input.AdvanceTo(result.Buffer.End);
        }
    }

    [Fact]
    public async Task Work_that_is_stuck_does_not_stall_the_work_behind_it()
    {
        await using var loop = new TestLoop();
        using var stuck = new StuckOnce();
        var done = new ConcurrentQueue<int>();
        using (var hold = await loop.HoldAsync())
        {
            for (var i = 0; i < 3; i++)
            {
                loop.Loop.Schedule(
                    number =>
                    {
                        stuck.Pass();
                        done.Enqueue((int)number!);
                    },
                    i);
            }

            hold.Set();
        }

        var thread = await stuck.Entered.WithinSafetyAsync();
        loop.Relieve();
        await loop.PassAsync();
        Assert.Equal([1, 2], done);

        stuck.Release();
        Assert.True(thread.Join(Safety.Timeout), "the relieved thread goes on");
        await loop.PassAsync();
        Assert.Equal([1, 2, 0], done);
    }

    [Fact]
    public async Task One_stuck_handler_after_the_other_is_relieved()
    {
        await using var loop = new TestLoop();
        var stuck = new StuckOnce[5];
        for (var i = 0; i < stuck.Length; i++)
        {
            var each = stuck[i] = new StuckOnce();
            loop.Loop.Schedule(_ => each.Pass(), null);
            await each.Entered.WithinSafetyAsync();
            loop.Relieve();
        }

        await loop.PassAsync();
        foreach (var each in stuck)
        {
            each.Release();
            Assert.True((await each.Entered).Join(Safety.Timeout), "a relieved thread goes on");
        }

        await loop.PassAsync();
        Array.ForEach(stuck, each => each.Dispose());
    }

    [Fact]
    public async Task A_loop_that_waits_is_not_relieved()
    {
        await using var loop = new TestLoop();
        Thread? before = null;
        Thread? after = null;
        loop.Loop.Schedule(_ => before = Thread.CurrentThread, null);
        await Until.TrueAsync(() => before is not null && loop.Loop.IsWaiting, () => "the loop always has something to do");
        loop.Relieve();
        loop.Relieve();
        loop.Loop.Schedule(_ => after = Thread.CurrentThread, null);
        await loop.PassAsync();
        Assert.Same(before, after);
    }

    [Fact]
    public async Task A_handler_that_throws_is_reported_and_the_loop_goes_on()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var (other, otherClient) = await loop.ConnectAsync();
        var answer = TestLoop.ReadAsync(other);
#pragma warning disable CA2012 // What an async method throws would end up in its task.
        server.Input.ReadAsync(TestContext.Current.CancellationToken).GetAwaiter().UnsafeOnCompleted(static () => throw new InvalidOperationException("handler"));
#pragma warning restore CA2012
        using (var hold = await loop.HoldAsync())
        {
            loop.Loop.Schedule(_ => throw new InvalidOperationException("work"), null);
            TestLoop.Send(client, "x"u8);
            TestLoop.Send(otherClient, "y"u8);
            hold.Set();
        }

        Assert.Equal(1, (await answer).Buffer.Length);
        await loop.PassAsync();
        Assert.Equal(["handler", "work"], loop.Errors.Select(error => error.Message).Order());
    }

    [Fact]
    public async Task Work_that_a_handler_asks_for_runs_after_all_sockets_that_were_ready()
    {
        await using var loop = new TestLoop();
        var order = new ConcurrentQueue<string>();
        var connections = new List<Socket>();
        var handlers = new List<Task>();
        for (var i = 0; i < 5; i++)
        {
            var (server, client) = await loop.ConnectAsync();
            connections.Add(client);
            handlers.Add(HandleAsync(server));
        }

        using (var hold = await loop.HoldAsync())
        {
            connections.ForEach(client => TestLoop.Send(client, "x"u8));
            hold.Set();
        }

        await Task.WhenAll(handlers).WithinSafetyAsync();
        await loop.PassAsync();
        Assert.Equal(["event", "event", "event", "event", "event", "work", "work", "work", "work", "work"], order);

        async Task HandleAsync(LoopConnection connection)
        {
            await connection.Input.ReadAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
            order.Enqueue("event");
            loop.Loop.Schedule(_ => order.Enqueue("work"), null);
        }
    }

    [Fact]
    public async Task Work_that_asks_for_itself_again_and_again_does_not_keep_sockets_from_being_served()
    {
        await using var loop = new TestLoop();
        var (server, client) = await loop.ConnectAsync();
        var stopped = false;
        var rounds = 0;
        loop.Loop.Schedule(Again, null);
        for (byte i = 0; i < 100; i++)
        {
            var before = Volatile.Read(ref rounds);
            TestLoop.Send(client, [i]);
            var result = await TestLoop.ReadAsync(server);
            Assert.Equal([i], result.Buffer.First.ToArray());
            server.Input.AdvanceTo(result.Buffer.End);

            // And the other way round: it has had its turns meanwhile, or will have.
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref rounds) > before, Safety.Timeout), "the work has no turn");
        }

        Assert.True(rounds >= 100);
        Volatile.Write(ref stopped, true);
        await loop.PassAsync();

        void Again(object? state)
        {
            rounds++;
            if (!Volatile.Read(ref stopped))
            {
                loop.Loop.Schedule(Again, null);
            }
        }
    }

    [Fact]
    public async Task Work_from_any_thread_is_never_left_lying()
    {
        await using var loop = new TestLoop();
        for (var i = 0; i < 5000; i++)
        {
            // Against a loop that is just about to wait.
            await loop.PassAsync();
        }
    }

    /// <summary>Work that schedules itself again, until it is disposed of: a loop that is never idle.</summary>
    private sealed class BusyWork : IAsyncDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly SocketLoop _loop;
        private volatile bool _isEnding;

        public BusyWork(SocketLoop loop)
        {
            _loop = loop;
            loop.Schedule(_ => Run(), null);
        }

        /// <summary>Number of times that it has run. For what runs on the loop.</summary>
        public int Rounds { get; private set; }

        public async ValueTask DisposeAsync()
        {
            _isEnding = true;
            await _ended.Task.WithinSafetyAsync();
        }

        private void Run()
        {
            Rounds++;
            if (_isEnding)
            {
                _ended.SetResult();
            }
            else
            {
                _loop.Schedule(_ => Run(), null);
            }
        }
    }

    /// <summary>Lets everybody through but the first, who stays until released.</summary>
    private sealed class StuckOnce : IDisposable
    {
        private readonly TaskCompletionSource<Thread> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _release = new();

        /// <summary>The thread that is stuck.</summary>
        public Task<Thread> Entered => _entered.Task;

        public void Pass()
        {
            if (_entered.TrySetResult(Thread.CurrentThread))
            {
                _release.Wait(Safety.Timeout);
            }
        }

        public void Release() => _release.Set();

        public void Dispose() => _release.Dispose();
    }
}
