using Parley.TestKit;

namespace Parley.Tour.Tests.Types;

public sealed class PoisonMutexTests
{
    private readonly PoisonMutex<List<int>> _mutex = new([]);

    [Fact]
    public void Work_changes_the_value_and_may_have_a_result()
    {
        _mutex.Lock((ref List<int> list) => list.Add(1));
        _mutex.Lock((ref List<int> list) => list = [.. list, 2]);
        Assert.Equal(3, _mutex.Lock((ref List<int> list) => list.Sum()));
    }

    [Fact]
    public async Task A_holder_that_throws_poisons_the_mutex_for_those_who_wait()
    {
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        Task holder = OnThread(() => _mutex.Lock((ref List<int> list) =>
        {
            list.Add(1);
            inside.Set();
            goOn.Wait(Safety.Timeout);
            throw new InvalidDataException("half way");
        }));
        Assert.True(inside.Wait(Safety.Timeout, TestContext.Current.CancellationToken));
        Task waiting = OnThread(() => _mutex.Lock((ref List<int> list) => list.Add(2)));
        goOn.Set();

        await Assert.ThrowsAsync<InvalidDataException>(holder.WithinSafetyAsync);
        PoisonedException e = await Assert.ThrowsAsync<PoisonedException>(waiting.WithinSafetyAsync);
        Assert.Equal("half way", e.InnerException?.Message);
        Assert.Equal("half way", _mutex.Poison?.Message);
    }

    [Fact]
    public void Whoever_mends_the_value_clears_the_poison()
    {
        PoisonIt();
        _mutex.Recover((ref List<int> list) => list = []);

        Assert.Null(_mutex.Poison);
        Assert.Equal(0, _mutex.Lock((ref List<int> list) => list.Count));
    }

    [Fact]
    public void A_repair_that_throws_leaves_the_first_poison()
    {
        PoisonIt();
        Assert.Throws<NotSupportedException>(() => _mutex.Recover((ref List<int> _) => throw new NotSupportedException()));

        Assert.IsType<InvalidDataException>(_mutex.Poison);
        Assert.Throws<PoisonedException>(() => _mutex.Lock((ref List<int> list) => list.Clear()));
    }

    [Fact]
    public void A_holder_cannot_get_the_value_twice()
    {
        _mutex.Lock((ref List<int> _) =>
        {
            Assert.Throws<LockRecursionException>(() => _mutex.Lock((ref List<int> inner) => inner.Clear()));
            Assert.Throws<LockRecursionException>(() => _mutex.Recover((ref List<int> inner) => inner.Clear()));
        });
        Assert.Null(_mutex.Poison);
    }

    [Fact(Timeout = 60_000)]
    public async Task No_change_is_lost_between_threads()
    {
        var mutex = new PoisonMutex<int>(0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                mutex.Lock((ref int n) => n++);
            }
        })));
        Assert.Equal(40_000, mutex.Lock((ref int n) => n));
    }

    private static Task OnThread(Action work) =>
        Task.Factory.StartNew(work, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void PoisonIt() => Assert.Throws<InvalidDataException>(
        () => _mutex.Lock((ref List<int> _) => throw new InvalidDataException("half way")));
}
