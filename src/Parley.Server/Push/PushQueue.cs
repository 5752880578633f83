namespace Parley.Server.Push;

/// <summary>One device's messages, in order: one at a time is sent, and tried again until it is taken or given up, while the others wait; the oldest of too many are dropped.</summary>
/// <remarks>A device that fails holds up no other, also none of the same account.</remarks>
internal sealed class PushQueue(PushQueues queues)
{
    /// <summary>Messages that wait for a device.</summary>
    public const int Capacity = 50;

    /// <summary>Attempts for one message: with the pauses between, about two minutes.</summary>
    public const int MaxAttempts = 8;

    /// <summary>Time for which every message has to fail until the device is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Queue<(PushTarget Target, PushMessage Message)> _waiting = new();
    private bool _isRunning;
    private DateTimeOffset? _failingSince;

    /// <summary>True if nothing is waiting or in hand, and it is not known to fail.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_isRunning && _failingSince is null;
            }
        }
    }

    /// <summary>Takes a message in. Never blocks.</summary>
    /// <returns>True if the caller has to start <see cref="RunAsync"/>; false if it runs, and sends this after others.</returns>
    public bool Offer(PushTarget target, PushMessage message)
    {
        lock (_gate)
        {
            if (_waiting.Count == Capacity)
            {
                _waiting.Dequeue();
                queues.Monitor.Dropped();
            }

            _waiting.Enqueue((target, message));
            var isFirst = !_isRunning;
            _isRunning = true;
            return isFirst;
        }
    }

    /// <summary>Lets go what waits.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            queues.Monitor.Dropped(_waiting.Count);
            _waiting.Clear();
            _failingSince = null;
        }
    }

    /// <summary>Sends what waits, and what comes meanwhile; one at a time.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            (PushTarget Target, PushMessage Message) next;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _isRunning = false;
                    return;
                }
            }

            await DeliverAsync(next.Target, next.Message);
        }
    }

    private async Task DeliverAsync(PushTarget target, PushMessage message)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await queues.SendAsync(target.Subscription, message);
            switch (result.Outcome)
            {
                case PushOutcome.Taken:
                    queues.Monitor.Delivered();
                    SetFailing(null);
                    return;
                case PushOutcome.Gone:
                    await queues.EndAsync(target, "the push service says that it is gone");
                    return;
            }

            queues.Monitor.Failed();
            if (result.Outcome == PushOutcome.Refused || attempt == MaxAttempts || queues.Stopping.IsCancellationRequested)
            {
                await GiveUpAsync(target, result.Reason);
                return;
            }

            await Task.Delay(Pause(attempt, result.RetryAfter), queues.Time, queues.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task GiveUpAsync(PushTarget target, string reason)
    {
        var now = queues.Time.GetUtcNow();
        var since = _failingSince;
        queues.Monitor.GaveUp(target.Account.Name.Value, target.Service, reason, isNews: since is null);
        SetFailing(since ?? now);
        if (now - since >= Patience)
        {
            await queues.EndAsync(target, $"it has failed for {Patience.TotalDays:0} days, {reason}");
        }
    }

    private void SetFailing(DateTimeOffset? since)
    {
        lock (_gate)
        {
            _failingSince = since;
        }
    }

    /// <summary>Twice as long each time, and never the same for all: many devices of one service that was away do not come back at once.</summary>
    private TimeSpan Pause(int attempt, TimeSpan retryAfter)
    {
        var pause = FirstPause * Math.Pow(2, attempt - 1) * (0.5 + (queues.Random.NextDouble() / 2));
        pause = pause > retryAfter ? pause : retryAfter;
        return pause < LongestPause ? pause : LongestPause;
    }
}
