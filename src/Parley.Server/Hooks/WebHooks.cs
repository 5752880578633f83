using Microsoft.Extensions.Hosting;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.Hooks;
using Parley.Core.Tokens;
using Parley.Server.Options;

namespace Parley.Server.Hooks;

/// <summary>Tells web hooks what is said in rooms, and goes by what operators add and remove while the server runs.</summary>
internal sealed class WebHooks(
    IHookStore store, HookSender sender, HookMonitor monitor, ParleyOptions options, TimeProvider time, Random? random = null)
    : IMessageObserver, IHostedService, IDisposable
{
    /// <summary>Interval at which the server checks whether hooks have changed.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Time the last attempts may take when the server stops, if the drain timeout is not shorter.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private Task _looking = Task.CompletedTask;
    private bool _storeHasFailed;

    // Replaced as a whole: rooms walk it under their locks.
    private volatile HookQueue[] _queues = [];

    public void Posted(MessagePosted message)
    {
        foreach (var queue in _queues)
        {
            queue.Offer(message);
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync();
        _looking = LookAgainAndAgainAsync();
    }

    /// <summary>Comes when nothing more is said: what waits is tried once more, for a bounded time.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _looking;
        var queues = _queues;
        _queues = [];
        var finishing = Task.WhenAll(queues.Select(queue => queue.FinishAsync()));
        try
        {
            await finishing.WaitAsync(options.DrainTimeout < LongestDrain ? options.DrainTimeout : LongestDrain, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            await Task.WhenAll(queues.Select(queue => queue.AbortAsync()));
        }

        Dispose(queues);
    }

    public void Dispose() => _stopping.Dispose();

    private static void Dispose(IEnumerable<HookQueue> queues)
    {
        foreach (var queue in queues)
        {
            queue.Dispose();
        }
    }

    private async Task LookAgainAndAgainAsync()
    {
        using var timer = new PeriodicTimer(LookInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await LookAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Hooks never change, they only come and go: so their ids say it all.</summary>
    private async Task LookAsync()
    {
        IReadOnlyList<WebHook> hooks;
        try
        {
            hooks = await store.ListAsync(CancellationToken.None);
            _storeHasFailed = false;
        }
        catch (TokenStoreException e)
        {
            if (!_storeHasFailed)
            {
                monitor.StoreFailed(e.Message);
            }

            _storeHasFailed = true;
            return;
        }

        var before = _queues;
        if (hooks.Select(hook => hook.Id).SequenceEqual(before.Select(queue => queue.Hook.Id)))
        {
            return;
        }

        _queues = [.. hooks.Select(hook => Array.Find(before, queue => queue.Hook.Id == hook.Id) ?? new HookQueue(hook, sender, monitor, time, random ?? Random.Shared))];
        monitor.Changed(hooks.Count);
        HookQueue[] gone = [.. before.Except(_queues)];
        await Task.WhenAll(gone.Select(queue => queue.AbortAsync()));
        Dispose(gone);
    }
}
