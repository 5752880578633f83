using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Parley.Core.Broker.Sessions;

namespace Parley.Core.Broker.Keeping;

/// <summary>
/// The one order of what is kept: takes decisions in the order in which they were made, has them kept, and has them applied
/// and shown then. One thread does it, for all that came in together or while it was busy: under light load a message waits
/// for nothing, under heavy load batches form by themselves.
/// </summary>
/// <remarks>MUST: nobody is shown a message before the store has it, unless the store has failed and the policy is to deliver.</remarks>
internal sealed class Lane : IAsyncDisposable
{
    /// <summary>Past this much that is on its way, whoever says something waits.</summary>
    private const int MaxWaitingBytes = 1024 * 1024;

    /// <summary>Interval at which the lane looks for work that can wait, and tries a store that has failed again.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    /// <summary>Time without new steps after which work that can wait is done.</summary>
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(20);

    private readonly HistoryKeeper? _keeper;
    private readonly PipeScheduler _wakes;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ITimer _idle;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Lock tier 4: taken last, nothing is taken inside. Guards what follows.
    private readonly Lock _gate = new();
    private List<LaneStep> _incoming = [];
    private int _waitingBytes;
    private TaskCompletionSource? _published;
    private bool _isWakeDue;
    private bool _hasKeptAhead;
    private bool _stopped;
    private bool _over;

    private int _isDisposed;

    // The lane's thread's own.
    private List<LaneStep> _batch = [];
    private bool _batchHasKeptAhead;

    /// <summary>Starts a lane.</summary>
    /// <param name="keeper">Has things kept; null where no history is kept: then the lane is for what is kept elsewhere.</param>
    /// <param name="wakes">Wakes the lane behind the work in hand, so that what comes in together is kept together.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keepsEvents">Whether history keeps what happens in rooms beside what is said.</param>
    public Lane(HistoryKeeper? keeper, PipeScheduler wakes, TimeProvider time, bool keepsEvents)
    {
        _keeper = keeper;
        _wakes = wakes;
        KeepsEvents = keepsEvents;
        Behind = (session, action) => TryAddBehind(new ActionStep(session, action));
        _idle = time.CreateTimer(static lane => ((Lane)lane!)._wake.Set(), this, IdleInterval, IdleInterval);
        new Thread(Run) { IsBackground = true, Name = "Parley lane" }.Start();
    }

    /// <summary>True if history keeps what happens in rooms beside what is said.</summary>
    public bool KeepsEvents { get; }

    /// <summary>Runs an action behind what a session has asked for. False: nothing is on its way any more.</summary>
    public Func<Session, Action, bool> Behind { get; }

    /// <summary>Takes a message that was decided. False: the lane takes none any more.</summary>
    /// <param name="step">The decision.</param>
    /// <param name="wait">If much is on its way: completes when this was shown too.</param>
    /// <param name="mustWait">Whether it is too much for where this goes, however little it is in all.</param>
    public bool TryAdd(LaneStep step, out Task? wait, bool mustWait = false)
    {
        wait = null;
        bool wake;
        lock (_gate)
        {
            if (_stopped)
            {
                return false;
            }

            wake = Enqueue(step);
            if (mustWait || _waitingBytes > MaxWaitingBytes)
            {
                _published ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = _published.Task;
            }
        }

        Wake(wake);
        return true;
    }

    /// <summary>Takes a step that only keeps its place behind the others, also while the lane stops. False: nothing is on its way any more.</summary>
    public bool TryAddBehind(LaneStep step)
    {
        bool wake;
        lock (_gate)
        {
            if (_over)
            {
                return false;
            }

            _hasKeptAhead |= step.IsKeptAhead;
            wake = Enqueue(step);
        }

        Wake(wake);
        return true;
    }

    /// <summary>Takes no more messages; completes when everything that it had taken was shown.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _wake.Set();
        return _ended.Task;
    }

    /// <summary>Stops it; does nothing the second time, as a container disposes of what it knows by two types twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await StopAsync();
        await _idle.DisposeAsync();
        _wake.Dispose();
    }

    private bool Enqueue(LaneStep step)
    {
        step.By?.Begin();
        _incoming.Add(step);
        _waitingBytes += step.Bytes;
        var wake = !_isWakeDue;
        _isWakeDue = true;
        return wake;
    }

    private void Wake(bool wake)
    {
        if (wake)
        {
            _wakes.Schedule(static lane => ((Lane)lane!)._wake.Set(), this);
        }
    }

    private void Run()
    {
        var wait = TimeSpan.Zero;
        while (true)
        {
#pragma warning disable RS0030 // The thread is the lane's own, and has nothing else to do.
            _wake.WaitOne(wait);
#pragma warning restore RS0030
            if (!TryTake(out var published))
            {
                break;
            }

            if (_batch.Count > 0)
            {
                Advance(published);
                wait = Lull;
            }
            else
            {
                wait = _keeper?.Tidy() is true ? TimeSpan.Zero : Timeout.InfiniteTimeSpan;
            }

            _keeper?.TryRecover();
        }

        _keeper?.Finish();
        _ended.SetResult();
    }

    /// <summary>Takes the steps that came in since the last call; returns false if there are none and the lane is stopped.</summary>
    private bool TryTake(out TaskCompletionSource? published)
    {
        lock (_gate)
        {
            (_batch, _incoming) = (_incoming, _batch);
            (published, _published) = (_published, null);
            (_batchHasKeptAhead, _hasKeptAhead) = (_hasKeptAhead, false);
            _waitingBytes = 0;
            _isWakeDue = false;
            _over = _stopped && _batch.Count == 0;
            return !_over;
        }
    }

    private void Advance(TaskCompletionSource? published)
    {
        var publication = new Publication();
        var steps = CollectionsMarshal.AsSpan(_batch);
        if (_batchHasKeptAhead)
        {
            AdvanceApart(steps, publication);
        }
        else
        {
            Advance(steps, publication);
        }

        _batch.Clear();
        var flushing = publication.FlushAsync();
        if (published is not null)
        {
            _ = CompleteAfterAsync(published, flushing);
        }
    }

    /// <summary>Does the same for a batch with steps that are kept elsewhere first: each of those alone, between the others.</summary>
    private void AdvanceApart(Span<LaneStep> steps, Publication publication)
    {
        var start = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            if (!steps[i].IsKeptAhead)
            {
                continue;
            }

            Advance(steps[start..i], publication);
            start = i + 1;
            if (steps[i].TryKeepAhead())
            {
                Advance(steps.Slice(i, 1), publication);
            }
            else
            {
                steps[i].By?.End();
                steps[i].Complete();
            }
        }

        Advance(steps[start..], publication);
    }

    /// <summary>Keeps and applies a part of the batch: one message that the store does not take is nobody else's loss.</summary>
    private void Advance(Span<LaneStep> steps, Publication publication)
    {
        if ((_keeper is null ? true : _keeper.TryKeep(steps)) is not { } isKept)
        {
            Advance(steps[..(steps.Length / 2)], publication);
            Advance(steps[(steps.Length / 2)..], publication);
            return;
        }

        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            if (!isKept)
            {
                step.Refuse(publication);
            }
            else if (step.Target is { } target)
            {
                // What the same room is said next goes in under the same lock.
                var end = i + 1;
                while (end < steps.Length && steps[end].Target == target)
                {
                    end++;
                }

                step.ApplyAll(steps[i..end], publication);
                for (; i < end - 1; i++)
                {
                    steps[i].By?.End();
                    steps[i].Complete();
                }

                step = steps[i];
            }
            else
            {
                step.Apply(publication);
            }

            step.By?.End();
            step.Complete();
        }
    }

    /// <summary>Completes the task of those who wait, once the rooms that are behind have caught up; the lane does not wait for them.</summary>
    private static async Task CompleteAfterAsync(TaskCompletionSource published, Task flushing)
    {
        await flushing;
        published.SetResult();
    }
}
