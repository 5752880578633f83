using System.Collections.Concurrent;
using Parley.Core.Push;

namespace Parley.Server.Push;

/// <summary>The queues of devices, and what they share: the way out, a bound on what is on its way at a time, and the stop.</summary>
internal sealed class PushQueues(PushSender sender, PushDesk desk, PushMonitor monitor, TimeProvider time, Random? random = null) : IDisposable
{
    /// <summary>Requests that are on their way at a time, to all push services.</summary>
    private const int MaxRequests = 32;

    private readonly ConcurrentDictionary<string, PushQueue> _queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly SemaphoreSlim _slots = new(MaxRequests);
    private readonly CancellationTokenSource _stopping = new();

    public PushMonitor Monitor => monitor;

    public TimeProvider Time => time;

    public Random Random => random ?? Random.Shared;

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Takes a message in for a device.</summary>
    public void Offer(PushTarget target, PushMessage message)
    {
        if (_stopping.IsCancellationRequested)
        {
            monitor.Dropped();
            return;
        }

        var queue = _queues.GetOrAdd(target.Subscription.Endpoint, _ => new PushQueue(this));
        if (queue.Offer(target, message))
        {
            var running = Task.Run(queue.RunAsync);
            _running[running] = true;
            _ = running.ContinueWith(Forget, TaskScheduler.Default);
        }
    }

    /// <summary>Lets go what waits for a device.</summary>
    public void Forget(string endpoint)
    {
        if (_queues.TryRemove(endpoint, out var queue))
        {
            queue.Clear();
        }
    }

    /// <summary>Lets go of queues in which nothing happens.</summary>
    public void Sweep()
    {
        foreach (var (endpoint, queue) in _queues)
        {
            if (queue.IsIdle)
            {
                _queues.TryRemove(KeyValuePair.Create(endpoint, queue));
            }
        }
    }

    public async Task<PushResult> SendAsync(PushSubscription subscription, PushMessage message)
    {
        try
        {
            await _slots.WaitAsync(_stopping.Token);
            try
            {
                return await sender.SendAsync(subscription, message, desk.Identity, _stopping.Token);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return new(PushOutcome.Failed, default, "the server stops");
        }
        catch (Exception e)
        {
            // Whatever it is, the messages behind this one are not to stand still for it.
            return new(PushOutcome.Refused, default, e.Message);
        }
    }

    /// <summary>A device is pushed to no more.</summary>
    public async Task EndAsync(PushTarget target, string reason)
    {
        Forget(target.Subscription.Endpoint);
        if (await desk.EndAsync(target))
        {
            monitor.Ended(target.Account.Name.Value, target.Service, reason);
        }
    }

    /// <summary>Gives up what waits.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        foreach (var queue in _queues.Values)
        {
            queue.Clear();
        }

        await Task.WhenAll(_running.Keys);
    }

    public void Dispose()
    {
        _slots.Dispose();
        _stopping.Dispose();
    }

    private void Forget(Task ended) => _running.TryRemove(ended, out _);
}
