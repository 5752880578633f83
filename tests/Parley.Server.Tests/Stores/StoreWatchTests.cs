using Parley.Core.Accounts;
using Parley.Server.Stores;
using Parley.TestKit;

namespace Parley.Server.Tests.Stores;

public sealed class StoreWatchTests
{
    private readonly HandChanges _changes = new();
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_changed_is_read_and_of_changes_meanwhile_once_more()
    {
        var reading = new SemaphoreSlim(0);
        var go = new SemaphoreSlim(0);
        await using var watch = new StoreWatch(
            _changes,
            StorePart.Bans,
            async token =>
            {
                reading.Release();
                await go.WaitAsync(token);
            },
            _time);

        _changes.Tell(StorePart.Bans);
        Assert.True(await reading.WaitAsync(TimeSpan.FromSeconds(30), Token));
        for (var i = 0; i < 5; i++)
        {
            _changes.Tell(StorePart.Bans);
        }

        go.Release();
        Assert.True(await reading.WaitAsync(TimeSpan.FromSeconds(30), Token));
        go.Release();
        _changes.Tell(StorePart.Bans);
        Assert.True(await reading.WaitAsync(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(0, reading.CurrentCount);
    }

    [Fact]
    public async Task It_is_tried_again_until_the_store_answers()
    {
        var attempts = 0;
        var done = new TaskCompletionSource();
        await using var watch = new StoreWatch(
            _changes,
            StorePart.Bans,
            _ =>
            {
                if (++attempts < 3)
                {
                    throw new AccountStoreException("away");
                }

                done.SetResult();
                return Task.CompletedTask;
            },
            _time);

        _changes.Tell(StorePart.Bans);
        for (var i = 0; i < 2; i++)
        {
            await _time.WhenTimerArmedAsync(StoreWatch.RetryInterval);
            Assert.False(done.Task.IsCompleted);
            _time.Advance(StoreWatch.RetryInterval);
        }

        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task It_ends_while_it_waits_and_watches_no_more()
    {
        var watch = new StoreWatch(_changes, StorePart.Bans, _ => throw new AccountStoreException("away"), _time);
        _changes.Tell(StorePart.Bans);
        await _time.WhenTimerArmedAsync(StoreWatch.RetryInterval);

        await watch.DisposeAsync();

        Assert.Equal(0, _changes.Watches);
    }
}
