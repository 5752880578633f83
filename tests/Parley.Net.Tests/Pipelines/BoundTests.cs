using Parley.Net.Pipelines;
using Parley.TestKit;

namespace Parley.Net.Tests.Pipelines;

/// <summary>The degree bounds what is worked on and what is read ahead, and nothing outlives its consumer.</summary>
public sealed class BoundTests
{
    private const int Degree = 3;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task All_of_the_degree_work_at_once_and_never_more()
    {
        int running = 0;
        int most = 0;
        var allAtOnce = new TaskCompletionSource();
        await foreach (Outcome<int, int> outcome in Enumerable.Range(0, 300).WithParallelism(Degree).Select(async (item, _) =>
        {
            int now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == Degree)
            {
                allAtOnce.TrySetResult();
            }

            await allAtOnce.Task.WithinSafetyAsync();
            Interlocked.Decrement(ref running);
            return item;
        }).WithCancellation(Ending))
        {
            Assert.True(outcome.IsSuccess);
        }

        Assert.Equal(Degree, most);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_consumer_that_stands_still_stops_the_source(bool inOrder)
    {
        int given = 0;
        int taken = 0;
        IEnumerable<int> Counted()
        {
            while (true)
            {
                // Whenever an item is taken: with it, no more than the degree are on the way to the consumer.
                int onTheWay = Interlocked.Increment(ref given) - Volatile.Read(ref taken);
                Assert.True(onTheWay <= Degree, $"{onTheWay} are on the way");
                yield return given;
            }
        }

        ParallelSource<int> source = Counted().WithParallelism(Degree);
        await using var outcomes = (inOrder ? source.InOrder() : source).Select(n => n).GetAsyncEnumerator(Ending);
        for (int i = 0; i < 500; i++)
        {
            // Counted as taken before it is asked for, or the source could be ahead of the count.
            Interlocked.Increment(ref taken);
            Assert.True(await outcomes.MoveNextAsync());
            Assert.True(outcomes.Current.IsSuccess);
        }

        // Now it stands still: the degree fills up, and any more would fail above.
        await SpinUntilAsync(() => Volatile.Read(ref given) >= taken + Degree);
        Assert.Equal(taken + Degree, Volatile.Read(ref given));
    }

    [Fact(Timeout = 60_000)]
    public async Task Leaving_early_cancels_what_is_in_flight_and_waits_for_its_end()
    {
        int running = 0;
        var bothRun = new TaskCompletionSource();
        await foreach (Outcome<int, int> outcome in Enumerable.Range(0, 100).WithParallelism(Degree).Select(async (item, leaving) =>
        {
            if (item == 0)
            {
                await bothRun.Task;
                return item;
            }

            if (Interlocked.Increment(ref running) == Degree - 1)
            {
                bothRun.SetResult();
            }

            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, leaving);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }

            return item;
        }).WithCancellation(Ending))
        {
            Assert.Equal(0, outcome.Input);
            break;
        }

        Assert.Equal(0, running);
    }

    [Fact(Timeout = 60_000)]
    public async Task Cancelling_ends_the_enumeration_and_the_work()
    {
        using var cancel = new CancellationTokenSource();
        bool wasCancelled = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (Outcome<int, int> _ in Enumerable.Range(0, 1).WithParallelism(1).Select(async (item, leaving) =>
            {
                await cancel.CancelAsync();
                wasCancelled = leaving.IsCancellationRequested;
                return item;
            }).WithCancellation(cancel.Token))
            {
                Assert.Fail("nothing comes after the cancellation");
            }
        });

        Assert.True(wasCancelled);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < now && Interlocked.CompareExchange(ref most, now, seen) != seen)
        {
        }
    }

    private static async Task SpinUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Ending.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
