using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Parley.Server.Transport.Loop;

/// <summary>
/// The read side of a loop's connection. Bytes are received into one buffer a thread and shown to the reader in there;
/// only what it leaves for later is kept: to be shown at once if it was not examined, else with what follows. So a
/// connection that says nothing holds no buffer at all.
/// </summary>
internal sealed class LoopReader(int descriptor, SocketLoop loop) : PipeReader, IValueTaskSource<ReadResult>
{
    /// <summary>Bytes received at a time. MUST be more than the longest line that the settings allow, which may be left for later as a whole.</summary>
    private const int BufferBytes = 68 * 1024;

    /// <summary>
    /// Up to this many bytes are copied for the reader. Whoever looks at the bytes for longer than the loop's call keeps what
    /// it was shown: with a command or two, as in a storm of arrivals, that is not to be the thread's buffer.
    /// </summary>
    private const int MaxCopiedBytes = 1024;

    [ThreadStatic]
    private static byte[]? _threadBuffer;

    private ManualResetValueTaskSourceCore<ReadResult> _result;
    private int _state = State.Idle;
    private bool _isCancelled;
    private bool _isEnding;
    private bool _isCompleted;
    private bool _isUnexamined;
    private ISocketLayer? _layer;
    private byte[]? _shown;
    private int _shownBytes;
    private byte[]? _kept;
    private int _keptBytes;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if ((_isUnexamined || _isCompleted) && !Volatile.Read(ref _isCancelled))
        {
            // There is something to show already; or nothing comes any more, and no event will tell so again.
            _isUnexamined = false;
            (_shown, _shownBytes) = (_kept ?? [], _keptBytes);
            return new ValueTask<ReadResult>(Shown());
        }

        _result.Reset();
        var result = new ValueTask<ReadResult>(this, _result.Version);
        var before = Interlocked.Exchange(ref _state, State.Waiting);
        if (Volatile.Read(ref _isCancelled) && Interlocked.CompareExchange(ref _state, before, State.Waiting) == State.Waiting)
        {
            _isCancelled = false;
            _result.SetResult(Cancelled());
        }
        else if (before == State.Ready)
        {
            // Behind the other connections: who has much to say does not keep the loop to itself.
            ScheduleReadable();
        }

        return result;
    }

    /// <summary>On the loop's thread: there is something to receive.</summary>
    /// <param name="isEnding">Nothing comes after what is there, and no further event either.</param>
    public void OnReadable(bool isEnding)
    {
        _isEnding |= isEnding;
        while (true)
        {
            switch (Volatile.Read(ref _state))
            {
                case State.Waiting when Interlocked.CompareExchange(ref _state, State.Idle, State.Waiting) == State.Waiting:
                    Receive();
                    return;
                case State.Idle when Interlocked.CompareExchange(ref _state, State.Ready, State.Idle) == State.Idle:
                case State.Ready:
                    return;
            }
        }
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_shown is null)
        {
            return;
        }

        var start = consumed.GetInteger();
        var left = _shownBytes - start;
        _isUnexamined = examined.GetInteger() < _shownBytes;
        var kept = left > 0 ? ArrayPool<byte>.Shared.Rent(left) : null;
        _shown.AsSpan(start, left).CopyTo(kept);
        ReleaseKept();
        (_shown, _kept, _keptBytes) = (null, kept, left);
    }

    /// <summary>Reads through a layer from here on, which may have bytes already. Nothing may be kept, and nobody may be reading.</summary>
    public void ReadThrough(ISocketLayer layer)
    {
        _layer = layer;
        Volatile.Write(ref _state, State.Ready);
    }

    /// <summary>Puts bytes back that were taken before, to be shown ahead of all others. Nothing else may be kept, and nobody may be reading.</summary>
    public void Unread(ReadOnlySpan<byte> bytes)
    {
        (_kept, _keptBytes, _isUnexamined) = (ArrayPool<byte>.Shared.Rent(bytes.Length), bytes.Length, true);
        bytes.CopyTo(_kept);
    }

    /// <summary>The bytes that were received and not taken, for somebody else who goes on with the socket. Nobody may be reading, now or later.</summary>
    public byte[] TakeUnread()
    {
        byte[] unread = [.. _kept.AsSpan(0, _keptBytes)];
        ReleaseKept();
        return unread;
    }

    public override void CancelPendingRead()
    {
        Volatile.Write(ref _isCancelled, true);
        if (Interlocked.CompareExchange(ref _state, State.Idle, State.Waiting) == State.Waiting)
        {
            _isCancelled = false;
            _result.SetResult(Cancelled());
        }
    }

    public override void Complete(Exception? exception = null) => ReleaseKept();

    public override bool TryRead(out ReadResult result)
        => throw new NotSupportedException("Bytes come on the loop's thread only.");

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _result.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _result.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _result.OnCompleted(continuation, state, token, flags);

    private void Receive()
    {
        var buffer = _threadBuffer ??= GC.AllocateUninitializedArray<byte>(BufferBytes);
        var kept = _keptBytes;
        _kept.AsSpan(0, kept).CopyTo(buffer);
        var hasMore = false;
        var received = _layer is null ? Libc.Receive(descriptor, buffer.AsSpan(kept)) : _layer.Receive(buffer.AsSpan(kept), out hasMore);
        if (received is -Libc.Again or -Libc.Interrupted && (hasMore || !_isEnding))
        {
            // The bytes of this event were received with those of the one before, or are a part of something; the next event is still to come.
            WaitOn();
            if (hasMore)
            {
                ScheduleReadable();
            }

            return;
        }

        if (received < 0)
        {
            _isCompleted = true;
            _result.SetException(new IOException("The connection is gone.", new SocketException(-received)));
            return;
        }

        _isCompleted = received == 0;
        if (!_isCompleted && (hasMore || _isEnding || kept + received == buffer.Length))
        {
            // No event will tell of what was left behind.
            Volatile.Write(ref _state, State.Ready);
        }

        ReleaseKept();
        _isUnexamined = false;
        (_shown, _shownBytes) = (buffer, kept + received);
        if (_shownBytes <= MaxCopiedBytes)
        {
            (_kept, _keptBytes) = (ArrayPool<byte>.Shared.Rent(MaxCopiedBytes), _shownBytes);
            buffer.AsSpan(0, _shownBytes).CopyTo(_kept);
            _shown = _kept;
        }

        _result.SetResult(Shown());
        if (_shown == buffer)
        {
            // The reader looks at the bytes for longer than this call: the buffer is its own now.
            _threadBuffer = null;
        }
    }

    private void ScheduleReadable() => loop.Schedule(static reader => ((LoopReader)reader!).OnReadable(isEnding: false), this);

    /// <summary>Back to waiting, unless a cancel came while nobody seemed to wait.</summary>
    private void WaitOn()
    {
        Interlocked.Exchange(ref _state, State.Waiting);
        if (Volatile.Read(ref _isCancelled) && Interlocked.CompareExchange(ref _state, State.Idle, State.Waiting) == State.Waiting)
        {
            _isCancelled = false;
            _result.SetResult(Cancelled());
        }
    }

    private ReadResult Shown() => new(new ReadOnlySequence<byte>(_shown!, 0, _shownBytes), isCanceled: false, _isCompleted);

    private ReadResult Cancelled() => new(ReadOnlySequence<byte>.Empty, isCanceled: true, _isCompleted);

    private void ReleaseKept()
    {
        if (_kept is not null)
        {
            ArrayPool<byte>.Shared.Return(_kept);
            (_kept, _keptBytes) = (null, 0);
        }
    }

    private static class State
    {
        /// <summary>Nobody reads, nothing is there.</summary>
        public const int Idle = 0;

        /// <summary>Somebody reads.</summary>
        public const int Waiting = 1;

        /// <summary>Something is there.</summary>
        public const int Ready = 2;
    }
}
