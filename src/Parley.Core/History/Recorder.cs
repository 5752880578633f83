namespace Parley.Core.History;

/// <summary>
/// Persist before deliver: has everything that is said kept first and delivered then, in one order. One thread does both, for
/// all that came in while it was busy: under light load a message waits for nothing, under heavy load batches form by themselves.
/// </summary>
/// <remarks>MUST: nobody is given a message before the store has it, unless the store has failed and the policy is to deliver.</remarks>
internal sealed class Recorder : IAsyncDisposable
{
    /// <summary>Past this much that is on its way, whoever says something waits.</summary>
    private const int MaxWaitingBytes = 1024 * 1024;

    /// <summary>How often there is a look at what can wait, and at a store that has failed.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    private readonly HistoryKeeper _keeper;
    private readonly TimeProvider _time;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ITimer _idle;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Lock tier 4: taken last, nothing is taken inside. Guards what follows.
    private readonly Lock _gate = new();
    private List<Recording> _incoming = [];
    private int _waitingBytes;
    private TaskCompletionSource? _published;
    private bool _isAsleep;
    private bool _stopped;

    // The recorder's thread's own.
    private List<Recording> _batch = [];
    private DateTimeOffset _lastTime;

    /// <summary>Starts a recorder.</summary>
    /// <param name="keeper">Has things kept.</param>
    /// <param name="lastTime">The time of the newest message in history; those to come are not earlier.</param>
    /// <param name="time">The clock.</param>
    public Recorder(HistoryKeeper keeper, DateTimeOffset lastTime, TimeProvider time)
    {
        _keeper = keeper;
        _lastTime = lastTime;
        _time = time;
        _idle = time.CreateTimer(static recorder => ((Recorder)recorder!)._wake.Set(), this, IdleInterval, IdleInterval);
        new Thread(Run) { IsBackground = true, Name = "Parley recorder" }.Start();
    }

    /// <summary>Takes something that was accepted. False: the recorder has stopped.</summary>
    /// <param name="recording">What was said.</param>
    /// <param name="wait">If much is on its way: completes when this was delivered too.</param>
    public bool TryAdd(Recording recording, out Task? wait)
    {
        wait = null;
        bool wake;
        lock (_gate)
        {
            if (_stopped)
            {
                return false;
            }

            _incoming.Add(recording);
            _waitingBytes += recording.Bytes;
            if (_waitingBytes > MaxWaitingBytes)
            {
                _published ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = _published.Task;
            }

            (wake, _isAsleep) = (_isAsleep, false);
        }

        if (wake)
        {
            _wake.Set();
        }

        return true;
    }

    /// <summary>Takes nothing more; completes when everything that it had taken was delivered.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _wake.Set();
        return _ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _idle.DisposeAsync();
        _wake.Dispose();
    }

    private void Run()
    {
        while (TryTake(out var published))
        {
            if (_batch.Count > 0)
            {
                Record(published);
            }
            else if (!_keeper.Tidy())
            {
                WaitForMore();
            }

            _keeper.TryRecover();
        }

        _keeper.Finish();
        _ended.SetResult();
    }

    /// <summary>What came in since the last time. False: nothing did, and nothing will.</summary>
    private bool TryTake(out TaskCompletionSource? published)
    {
        lock (_gate)
        {
            (_batch, _incoming) = (_incoming, _batch);
            (published, _published) = (_published, null);
            _waitingBytes = 0;
            return _batch.Count > 0 || !_stopped;
        }
    }

    private void WaitForMore()
    {
        lock (_gate)
        {
            if (_incoming.Count > 0 || _stopped)
            {
                return;
            }

            _isAsleep = true;
        }

        _wake.WaitOne();
    }

    private void Record(TaskCompletionSource? published)
    {
        // The clock may be set back; history's does not go back.
        var now = _time.GetUtcNow();
        _lastTime = now > _lastTime ? now : _lastTime;
        var isDelivered = _keeper.TryKeep(_batch, _lastTime);
        List<Task> behind = [];
        foreach (var recording in _batch)
        {
            if (isDelivered)
            {
                recording.Publish(behind);
            }
            else
            {
                recording.Refuse();
            }
        }

        _batch.Clear();
        if (published is not null)
        {
            _ = CompleteAfterAsync(published, behind);
        }
    }

    /// <summary>Whoever was told to wait goes on when the rooms that are behind have caught up; the recorder does not wait for them.</summary>
    private static async Task CompleteAfterAsync(TaskCompletionSource published, List<Task> behind)
    {
        await Task.WhenAll(behind.Distinct());
        published.SetResult();
    }
}
