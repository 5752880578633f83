using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Net.Concurrency;
using Parley.TestKit;

namespace Parley.Net.Tests.Concurrency;

/// <summary>Whatever collides at a rendezvous, an item arrives exactly once, and its writer knows whether it did.</summary>
public sealed class RendezvousRaceTests
{
    private const int Sides = 8;
    private const int Rounds = 2_000;

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Many_writers_and_readers_pass_every_item_on_once()
    {
        var channel = new RendezvousChannel<int>();
        var taken = new ConcurrentBag<int>();
        Task[] readers = Start(async _ =>
        {
            await foreach (int item in channel.Reader.ReadAllAsync(Ending))
            {
                taken.Add(item);
            }
        });
        await Task.WhenAll(Start(async writer =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                await channel.Writer.WriteAsync((writer * Rounds) + i, Ending);
            }
        }));
        channel.Writer.Complete();
        await Task.WhenAll(readers);

        Assert.Equal(Enumerable.Range(0, Sides * Rounds), taken.Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancellation_that_meets_a_reader_is_one_or_the_other()
    {
        int cancelled = 0;
        for (int i = 0; i < Rounds; i++)
        {
            var channel = new RendezvousChannel<int>();
            using var timeout = new CancellationTokenSource();
            using var start = new Barrier(2);
            Task write = channel.Writer.WriteAsync(i, timeout.Token).AsTask();
            Task<bool> read = Together(start, () => channel.Reader.TryRead(out _));
            await Task.WhenAll(read, Together(start, () =>
            {
                timeout.Cancel();
                return true;
            }));

            bool written = await EndedWellAsync<OperationCanceledException>(write);
            Assert.Equal(await read, written);
            cancelled += written ? 0 : 1;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{cancelled} of {Rounds} were cancelled");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_close_that_meets_a_reader_is_one_or_the_other()
    {
        for (int i = 0; i < Rounds; i++)
        {
            var channel = new RendezvousChannel<int>();
            using var start = new Barrier(2);
            Task write = channel.Writer.WriteAsync(i, Ending).AsTask();
            Task<bool> read = Together(start, () => channel.Reader.TryRead(out _));
            await Task.WhenAll(read, Together(start, () => channel.Writer.TryComplete()));

            Assert.Equal(await read, await EndedWellAsync<ChannelClosedException>(write));
        }
    }

    private static Task[] Start(Func<int, Task> work) =>
        [.. Enumerable.Range(0, Sides).Select(i => Task.Run(() => work(i), Ending))];

    // On threads of their own: both must stand at the barrier at once, and the pool may have only one to give.
    private static Task<bool> Together(Barrier start, Func<bool> work) =>
        Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Ending);
                return work();
            },
            Ending,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private static async Task<bool> EndedWellAsync<TException>(Task task)
        where TException : Exception
    {
        try
        {
            await task.WithinSafetyAsync();
            return true;
        }
        catch (TException)
        {
            return false;
        }
    }
}
