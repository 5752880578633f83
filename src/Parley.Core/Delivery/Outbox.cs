using System.Buffers;
using System.Threading.Tasks.Sources;

namespace Parley.Core.Delivery;

/// <summary>
/// What one session still has to be sent, in order: ranges of shared blocks, and private bytes. Many append, one writer
/// takes. Bounded in bytes: a reader that falls behind loses messages, never the room's time.
/// </summary>
/// <remarks>
/// Appending MUST NOT start the writer: appenders hold locks, and a writer that starts runs on the spot. Whoever has
/// appended calls <see cref="StartWriter"/> once its locks are gone.
/// </remarks>
public sealed class Outbox : IValueTaskSource<bool>, IThreadPoolWorkItem
{
    private readonly OutboxOptions _options;
    private SegmentQueue _queue;
    private ManualResetValueTaskSourceCore<bool> _segments;
    private TaskCompletionSource? _drained;
    private long _waitingBytes;
    private long _missed;
    private bool _hasGap;
    private bool _writerSleeps;
    private bool _completed;

    internal Outbox(Flavor flavor, OutboxOptions options)
    {
        Flavor = flavor;
        _options = options;
    }

    /// <summary>Called once, on a pool thread, when the policy is to end the connection of a reader that fell behind.</summary>
    public Action? Disconnect { get; set; }

    /// <summary>Bytes that wait for the writer.</summary>
    public long WaitingBytes => Volatile.Read(ref _waitingBytes);

    /// <summary>Past this, the session should stop reading: answers would pile up for somebody who does not read them.</summary>
    private int HighWaterBytes => _options.MaxBytes / 4;

    /// <summary>Lock tier 3: guards this outbox and the cursors of its session's subscriptions; block pool and marks may be taken inside.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>How the notice of missed messages is put into bytes. Set under <see cref="Gate"/>.</summary>
    internal Flavor Flavor { get; set; }

    /// <summary>Appends bytes; <see cref="Gate"/> MUST be held. False if the outbox takes no more, so that the sender can be told.</summary>
    internal bool Append(in OutboxSegment segment)
    {
        if (_completed)
        {
            return false;
        }

        if (segment.Messages > 0 && _waitingBytes + segment.Length > _options.MaxBytes && !MakeRoom(segment))
        {
            return true;
        }

        _waitingBytes += segment.Length;
        if (_queue.Count > 0 && _queue.Last.TryExtend(segment, out var both))
        {
            _queue.Last = both;
            return true;
        }

        segment.AddReference();
        _queue.Enqueue(segment);
        return true;
    }

    /// <summary>Wakes the writer if it sleeps and has something to do. It runs on the caller's thread: hold no lock.</summary>
    public void StartWriter()
    {
        lock (Gate)
        {
            if (!_writerSleeps || (_queue.Count == 0 && !_completed))
            {
                return;
            }

            _writerSleeps = false;
        }

        _segments.SetResult(true);
    }

    /// <summary>Has the writer started by the thread pool: what comes in until then goes out with it.</summary>
    public void ScheduleWriter() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>Waits until there is something to take. False: the outbox is complete, and everything in it was taken. For one writer.</summary>
    public ValueTask<bool> WaitToTakeAsync()
    {
        lock (Gate)
        {
            if (_queue.Count > 0)
            {
                return ValueTask.FromResult(true);
            }

            if (_completed)
            {
                return ValueTask.FromResult(false);
            }

            _segments.Reset();
            _writerSleeps = true;
            return new ValueTask<bool>(this, _segments.Version);
        }
    }

    /// <summary>Takes the next bytes to send; they are the writer's until it releases them.</summary>
    public bool TryTake(out OutboxSegment segment)
    {
        TaskCompletionSource? drained = null;
        lock (Gate)
        {
            if (!_queue.TryDequeue(out segment))
            {
                return false;
            }

            _waitingBytes -= segment.Length;
            if (segment.IsGap)
            {
                segment = EndGap();
            }

            if (_drained is not null && _waitingBytes <= HighWaterBytes / 2)
            {
                (drained, _drained) = (_drained, null);
            }
        }

        drained?.TrySetResult();
        return true;
    }

    /// <summary>Completes at once while the reader keeps up; otherwise when it has caught up, or the outbox is completed.</summary>
    public Task WhenDrainedAsync()
    {
        if (WaitingBytes <= HighWaterBytes)
        {
            return Task.CompletedTask;
        }

        lock (Gate)
        {
            if (_completed || _waitingBytes <= HighWaterBytes)
            {
                return Task.CompletedTask;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Takes no more; what waits is still sent. Then <see cref="WaitToTakeAsync"/> gives false.</summary>
    public void Complete() => End(discard: false);

    /// <summary>Takes no more, and lets go of what waits: the connection is gone.</summary>
    public void Abort() => End(discard: true);

    void IThreadPoolWorkItem.Execute() => StartWriter();

    bool IValueTaskSource<bool>.GetResult(short token) => _segments.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _segments.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _segments.OnCompleted(continuation, state, token, flags);

    private void End(bool discard)
    {
        TaskCompletionSource? drained;
        lock (Gate)
        {
            _completed = true;
            if (discard)
            {
                LetGo(everything: true);
            }

            (drained, _drained) = (_drained, null);
        }

        drained?.TrySetResult();
        StartWriter();
    }

    /// <summary>Applies the policy to a full outbox. True if <paramref name="segment"/> fits now.</summary>
    private bool MakeRoom(in OutboxSegment segment)
    {
        if (_options.Overflow == OverflowPolicy.Disconnect)
        {
            _completed = true;
            LetGo(everything: true);
            ThreadPool.UnsafeQueueUserWorkItem(static outbox => outbox.Disconnect?.Invoke(), this, preferLocal: false);
            return false;
        }

        LetGo(everything: false);
        if (!_hasGap)
        {
            _hasGap = true;
            _queue.Enqueue(default);
        }

        if (_waitingBytes + segment.Length <= _options.MaxBytes)
        {
            return true;
        }

        _missed += segment.Messages;
        return false;
    }

    /// <summary>Empties the queue, but for replies (and the gap, if there is one) unless <paramref name="everything"/> goes.</summary>
    private void LetGo(bool everything)
    {
        for (var left = _queue.Count; left > 0; left--)
        {
            _queue.TryDequeue(out var segment);
            if (!everything && segment.Messages == 0)
            {
                _queue.Enqueue(segment);
                continue;
            }

            _missed += segment.Messages;
            _waitingBytes -= segment.Length;
            segment.Release();
        }
    }

    private OutboxSegment EndGap()
    {
        var notice = new ArrayBufferWriter<byte>(128);
        Flavor.EncodeMissed(_missed, notice);
        _missed = 0;
        _hasGap = false;
        return OutboxSegment.Private(notice.WrittenSpan.ToArray(), messages: 0);
    }
}
