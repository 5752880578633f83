
namespace Parley.Core.Delivery;

/// <summary>
/// Queue of what one session still has to be sent, in order: ranges of shared blocks, and private bytes; it is bounded in
/// bytes: a reader that falls behind loses messages, and never delays the room.
/// </summary>
/// <remarks>
/// Appending and sending are two steps, as appenders may hold a room's lock and sending takes a system call: whoever has
/// appended calls <see cref="Send"/> once its locks are gone. A flush of a room does both in one.
/// </remarks>
public sealed partial class Outbox : IThreadPoolWorkItem
{
    /// <summary>Bytes of small segments that are put together for one system call.</summary>
    private const int GatherBytes = 16 * 1024;

    [ThreadStatic]
    private static byte[]? _gatherBuffer;

    private readonly OutboxOptions _options;
    private SegmentQueue _queue;
    private IOutboxSink? _sink;
    private OutboxWait _drained;
    private OutboxWait _taken;
    private OutboxWait _sent;
    private CancellationTokenSource? _ended;
    private long _waitingBytes;
    private long _expectedBytes;
    private bool _sinkIsFull;
    private bool _completed;

    internal Outbox(Flavor flavor, OutboxOptions options)
    {
        Flavor = flavor;
        _options = options;
    }

    /// <summary>The frames that lines for this session alone are put into; null: they are sent bare. Those of rooms come framed by their flavor.</summary>
    internal LineFraming? Framing { get; init; }

    /// <summary>Number of the session at another node that it stands for; 0 for a session that is here.</summary>
    internal long Owner { get; init; }

    /// <summary>Connection that is told, on a pool thread, that its reader fell behind, if the policy is to end it.</summary>
    internal ISessionConnection? Connection { get; set; }

    /// <summary>Policy for an outbox that is full.</summary>
    internal OverflowPolicy Overflow => _options.Overflow;

    /// <summary>Counter of the session's messages; null if they are not counted.</summary>
    internal Traffic? Traffic => _options.Traffic;

    /// <summary>Handler that replays missed messages after the notice of them; null if they are not replayed.</summary>
    internal ICatchUp? CatchUp { get; set; }

    /// <summary>True if it takes no more: its connection is about to end.</summary>
    public bool IsComplete => Volatile.Read(ref _completed);

    /// <summary>Cancelled when it takes no more: what only answers the session is for nobody then.</summary>
    public CancellationToken Ended
    {
        get
        {
            lock (Gate)
            {
                return _completed ? new CancellationToken(canceled: true) : (_ended ??= new CancellationTokenSource()).Token;
            }
        }
    }

    /// <summary>True if it ended with something in it that was not sent.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>What waits; guarded by <see cref="Gate"/>.</summary>
    internal ref SegmentQueue Queue => ref _queue;

    /// <summary>True if nobody waits for the reader any more; set under <see cref="Gate"/>.</summary>
    internal bool IsUnpaced { get; set; }

    /// <summary>Bytes that wait to be sent.</summary>
    public long WaitingBytes => Volatile.Read(ref _waitingBytes);

    /// <summary>Lock tier 3: guards this outbox and the cursors of its session's subscriptions; block pool, marks and the sink's own lock may be taken inside.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>Encoding of the notice of missed messages; set under <see cref="Gate"/>.</summary>
    internal Flavor Flavor { get; set; }

    /// <summary>True if so much waits that the session should read no further commands: answers would pile up for somebody who does not read them.</summary>
    public bool IsOverHighWater => !IsUnpaced && WaitingBytes + Volatile.Read(ref _expectedBytes) > HighWaterBytes;

    private int HighWaterBytes => _options.MaxBytes / 4;

    /// <summary>So many bytes of answers are to come, behind what is still on its way; negative: no more.</summary>
    internal void Expect(int bytes)
    {
        lock (Gate)
        {
            _expectedBytes += bytes;
        }
    }

    /// <summary>Says where to send; until then everything waits.</summary>
    public void Open(IOutboxSink sink)
    {
        lock (Gate)
        {
            _sink = sink;
            SendLocked();
        }
    }

    /// <summary>Sends what waits, as far as it goes without waiting. Hold no lock.</summary>
    public void Send()
    {
        lock (Gate)
        {
            SendLocked();
        }
    }

    /// <summary>Has a pool thread send: what is appended until then goes out with it.</summary>
    public void ScheduleSend() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    /// <summary>The sink takes bytes again. Hold no lock.</summary>
    public void Resume()
    {
        lock (Gate)
        {
            _sinkIsFull = false;
            SendLocked();
        }
    }

    /// <summary>Completes at once while the reader keeps up; otherwise when it has caught up, or the outbox is complete.</summary>
    public Task WhenDrainedAsync()
    {
        lock (Gate)
        {
            return _drained.UntilAsync(_completed || IsUnpaced || _waitingBytes + _expectedBytes <= HighWaterBytes);
        }
    }

    /// <summary>Completes when the reader has taken all but what one send takes, or the outbox is complete: the time to make more of a long answer.</summary>
    public Task WhenTakenAsync()
    {
        lock (Gate)
        {
            return _taken.UntilAsync(_completed || IsUnpaced || _waitingBytes + _expectedBytes <= GatherBytes);
        }
    }

    /// <summary>Completes when the outbox is complete and everything in it was sent or let go.</summary>
    public Task WhenSentAsync()
    {
        lock (Gate)
        {
            return _sent.UntilAsync(_completed && _queue.Count == 0);
        }
    }

    /// <summary>Takes no more; what waits is still sent.</summary>
    public void Complete()
    {
        lock (Gate)
        {
            _completed = true;
            ReleaseReaders();
            SendLocked();
        }
    }

    /// <summary>Takes no more, lets go of what waits, and uses the sink no further: the connection is gone.</summary>
    public void Abort()
    {
        lock (Gate)
        {
            _sink = null;
            EndLocked();
        }
    }

    void IThreadPoolWorkItem.Execute() => Send();

    /// <summary>Lines for this session alone, as they are sent.</summary>
    internal byte[] Framed(byte[] lines)
        => Framing is null || lines.Length == 0 ? lines : Scratch.Encode((Framing, lines), static (its, output) => its.Framing.Write(its.lines, output));

    /// <summary>Appends bytes; <see cref="Gate"/> MUST be held. False if the outbox takes no more, so that the sender can be told.</summary>
    internal bool Append(in OutboxSegment segment)
    {
        if (_completed)
        {
            return false;
        }

        if (segment.Length == 0)
        {
            // What a flavor leaves out. In the queue it would never count as sent.
            return true;
        }

        if (segment.Messages > 0 && _waitingBytes + segment.Length > _options.MaxBytes && !MakeRoom(segment))
        {
            return !_completed;
        }

        Traffic?.Given(segment.Messages);
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

    /// <summary>Sends bytes at once if nothing is before them, which spares their block a reference; <see cref="Gate"/> MUST be held, and no room's.</summary>
    internal void SendOrAppend(in OutboxSegment segment)
    {
        if (_sink is null || _sinkIsFull || _completed || _queue.Count > 0)
        {
            Append(segment);
            SendLocked();
            return;
        }

        var sent = Write(segment.Bytes.Span);
        if (sent > 0)
        {
            // What is left of it counts as none, and is not let go.
            Traffic?.Given(segment.Messages);
        }

        if (sent < segment.Length)
        {
            Append(sent == 0 ? segment : segment.After(sent));
        }
    }

    /// <summary>Sends what waits, as far as it goes; <see cref="Gate"/> MUST be held, and no room's.</summary>
    internal void SendLocked()
    {
        while (_sink is not null && !_sinkIsFull && _queue.Count > 0)
        {
            if (_queue.First.Hole is { } hole)
            {
                if (!TrySend(hole))
                {
                    break;
                }

                continue;
            }

            Consume(Write(_queue.Count == 1 ? _queue.First.Bytes.Span : Gather()));
        }

        _sent.ReleaseIf(_completed && _queue.Count == 0);
        _drained.ReleaseIf(_waitingBytes + _expectedBytes <= HighWaterBytes / 2);
        _taken.ReleaseIf(_waitingBytes + _expectedBytes <= GatherBytes);
    }

    /// <summary>Nobody is waited for any more. Whoever is told of it goes on elsewhere, as locks are held here.</summary>
    internal void ReleaseReaders(bool hasEnded = true)
    {
        _drained.ReleaseIf(true);
        _taken.ReleaseIf(true);
        _ = hasEnded ? _ended?.CancelAsync() : null;
    }

    private int Write(ReadOnlySpan<byte> bytes)
    {
        int sent;
        try
        {
            sent = _sink!.Write(bytes);
        }
        catch (Exception)
        {
            // Whoever sends may be flushing a room: one broken connection is not the others' business.
            sent = -1;
        }

        _sinkIsFull = sent < bytes.Length;
        if (sent < 0)
        {
            EndLocked();
            return 0;
        }

        if (sent > 0)
        {
            Traffic?.Sent(sent);
        }

        return sent;
    }

    /// <summary>The next segments' bytes in one piece: a copy costs less than a further system call.</summary>
    private ReadOnlySpan<byte> Gather()
    {
        if (_queue.First.Length >= GatherBytes)
        {
            return _queue.First.Bytes.Span;
        }

        var buffer = _gatherBuffer ??= GC.AllocateUninitializedArray<byte>(GatherBytes);
        return buffer.AsSpan(0, _queue.CopyTo(buffer));
    }

    private void Consume(int sent)
    {
        _waitingBytes -= sent;
        while (sent > 0)
        {
            ref var first = ref _queue.First;
            if (sent < first.Length)
            {
                // A line that was begun is ended: what is left of the segment is not let go any more.
                first = first.After(sent);
                return;
            }

            sent -= first.Length;
            _queue.TryDequeue(out var done);
            done.Release();
        }
    }

    private void EndLocked()
    {
        (_completed, IsCutOff) = (true, IsCutOff || _queue.Count > 0);
        LetGo(everything: true);
        _sent.ReleaseIf(true);
        ReleaseReaders();
    }

    /// <summary>Empties the queue, but for replies, holes and begun lines unless <paramref name="everything"/> goes.</summary>
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

            _waitingBytes -= segment.Length;
            if (segment.Hole is { } hole)
            {
                _waitingBytes -= hole.Bytes.Length;
                hole.Abandon();
            }

            _missed?.Add(segment);
            if (!everything)
            {
                Traffic?.LetGo(segment.Messages);
            }

            segment.Release();
        }
    }
}
