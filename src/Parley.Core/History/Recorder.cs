using System.IO.Pipelines;

namespace Parley.Core.History;

/// <summary>
/// Persist before deliver: has everything that is said kept first and delivered then, in one order. One thread does both, for
/// all that came in together or while it was busy: under light load a message waits for nothing, under heavy load batches form
/// by themselves.
/// </summary>
/// <remarks>MUST: nobody is given a message before the store has it, unless the store has failed and the policy is to deliver.</remarks>
internal sealed class Recorder : IAsyncDisposable
{
    /// <summary>Past this much that is on its way, whoever says something waits.</summary>
    private const int MaxWaitingBytes = 1024 * 1024;

    /// <summary>How often there is a look at what can wait, and at a store that has failed.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long nothing must have come in before what can wait is done.</summary>
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(20);

    private readonly HistoryKeeper _keeper;
    private readonly TimeProvider _time;
    private readonly PipeScheduler _wakes;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ITimer _idle;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Lock tier 4: taken last, nothing is taken inside. Guards what follows.
    private readonly Lock _gate = new();
    private List<Recording> _incoming = [];
    private int _waitingBytes;
    private TaskCompletionSource? _published;
    private bool _isWakeDue;
    private bool _stopped;
    private DateTimeOffset _lastTime;
    private DateTimeOffset _lastRecorded;

    // The recorder's thread's own.
    private List<Recording> _batch = [];

    /// <summary>Starts a recorder.</summary>
    /// <param name="keeper">Has things kept.</param>
    /// <param name="wakes">Wakes it behind the work in hand, so that what comes in together is kept together.</param>
    /// <param name="time">The clock.</param>
    public Recorder(HistoryKeeper keeper, PipeScheduler wakes, TimeProvider time)
    {
        _keeper = keeper;
        _wakes = wakes;
        _time = time;
        _idle = time.CreateTimer(static recorder => ((Recorder)recorder!)._wake.Set(), this, IdleInterval, IdleInterval);
        new Thread(Run) { IsBackground = true, Name = "Parley recorder" }.Start();
    }

    /// <summary>History has messages of this time; those to come are not earlier.</summary>
    public void NotBefore(DateTimeOffset lastTime)
    {
        lock (_gate)
        {
            _lastTime = lastTime > _lastTime ? lastTime : _lastTime;
            _lastRecorded = lastTime > _lastRecorded ? lastTime : _lastRecorded;
        }
    }

    /// <summary>A time that parts what was recorded so far from what is recorded from here on: that is of this time or later.</summary>
    public DateTimeOffset Part()
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            _lastTime = now > _lastTime ? now : _lastTime;
            if (_lastTime == _lastRecorded)
            {
                _lastTime += TimeSpan.FromTicks(1);
            }

            return _lastTime;
        }
    }

    /// <summary>Takes something that was accepted. False: the recorder has stopped.</summary>
    /// <param name="recording">What was said.</param>
    /// <param name="wait">If much is on its way: completes when this was delivered too.</param>
    /// <param name="mustWait">Whether it is too much for where this goes, however little it is in all.</param>
    public bool TryAdd(Recording recording, out Task? wait, bool mustWait = false)
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
            if (mustWait || _waitingBytes > MaxWaitingBytes)
            {
                _published ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = _published.Task;
            }

            (wake, _isWakeDue) = (!_isWakeDue, true);
        }

        if (wake)
        {
            _wakes.Schedule(static recorder => ((Recorder)recorder!)._wake.Set(), this);
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
        var wait = TimeSpan.Zero;
        while (true)
        {
#pragma warning disable RS0030 // The thread is the recorder's own, and has nothing else to do.
            _wake.WaitOne(wait);
#pragma warning restore RS0030
            if (!TryTake(out var accepted, out var published))
            {
                break;
            }

            if (_batch.Count > 0)
            {
                Record(accepted, published);
                wait = Lull;
            }
            else
            {
                wait = _keeper.Tidy() ? TimeSpan.Zero : Timeout.InfiniteTimeSpan;
            }

            _keeper.TryRecover();
        }

        _keeper.Finish();
        _ended.SetResult();
    }

    /// <summary>What came in since the last time. False: nothing did, and nothing will.</summary>
    private bool TryTake(out DateTimeOffset accepted, out TaskCompletionSource? published)
    {
        // The clock may be set back; history's does not go back.
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            (_batch, _incoming) = (_incoming, _batch);
            (published, _published) = (_published, null);
            _waitingBytes = 0;
            _isWakeDue = false;
            accepted = _lastTime = now > _lastTime ? now : _lastTime;
            _lastRecorded = _batch.Count > 0 ? accepted : _lastRecorded;
            return _batch.Count > 0 || !_stopped;
        }
    }

    private void Record(DateTimeOffset accepted, TaskCompletionSource? published)
    {
        var isDelivered = _keeper.TryKeep(_batch, accepted);
        var publication = new Publication();
        foreach (var recording in _batch)
        {
            if (isDelivered)
            {
                recording.Publish(publication);
            }
            else
            {
                recording.Refuse();
            }
        }

        _batch.Clear();
        var flushing = publication.FlushAsync();
        if (published is not null)
        {
            _ = CompleteAfterAsync(published, flushing);
        }
    }

    /// <summary>Whoever was told to wait goes on when the rooms that are behind have caught up; the recorder does not wait for them.</summary>
    private static async Task CompleteAfterAsync(TaskCompletionSource published, Task flushing)
    {
        await flushing;
        published.SetResult();
    }
}
