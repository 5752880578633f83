namespace Parley.Core.Delivery;

/// <summary>
/// A pooled run of a room log's bytes, shared by every outbox that still has to send some of them.
/// </summary>
/// <remarks>
/// The log holds one reference while the block is in its chain, each outbox segment holds one more; the last to let go
/// gives the block back. Bytes below <see cref="Length"/> MUST NOT change while anyone holds a reference.
/// </remarks>
internal sealed class LogBlock(byte[] bytes)
{
    private LogBlock? _next;
    private int _references;

    /// <summary>The storage; its length is the block's capacity.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>The place of the first byte; an entry never spans two blocks.</summary>
    public LogPlace Start { get; private set; }

    /// <summary>Bytes written so far; final once <see cref="Next"/> is set.</summary>
    public int Length { get; set; }

    /// <summary>The block that follows; set last, so that who sees it sees this block's final length.</summary>
    public LogBlock? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    /// <summary>True if one reference is left: the caller's own.</summary>
    public bool IsUnshared => Volatile.Read(ref _references) == 1;

    public void Begin(in LogPlace start)
    {
        Start = start;
        Length = 0;
        _next = null;
        _references = 1;
    }

    public void AddReference() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            _next = null;
            LogBlockPool.Return(this);
        }
    }
}
