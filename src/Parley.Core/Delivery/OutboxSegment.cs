namespace Parley.Core.Delivery;

/// <summary>Some bytes to send next: a range of a shared block, or private ones; or a hole. MUST be released once they are copied or sent.</summary>
internal readonly struct OutboxSegment
{
    // A log block, or the hole that stands here; null: private bytes.
    private readonly object? _owner;
    private readonly byte[] _bytes;
    private readonly int _start;

    private OutboxSegment(object? owner, byte[] bytes, int start, int length, long messages, Subscription? source, long numberBefore)
    {
        _owner = owner;
        _bytes = bytes;
        _start = start;
        Length = length;
        Messages = messages;
        Source = source;
        NumberBefore = numberBefore;
    }

    /// <summary>The bytes; valid until <see cref="Release"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(_start, Length);

    /// <summary>Number of bytes in the segment.</summary>
    public int Length { get; }

    /// <summary>Number of messages that would be missed if the segment were dropped; 0 in a reply, which is never dropped.</summary>
    public long Messages { get; }

    /// <summary>Subscription to the room that the segment is part of; null for private bytes.</summary>
    public Subscription? Source { get; }

    /// <summary>The number in history of the room's last message before the segment.</summary>
    public long NumberBefore { get; }

    /// <summary>The hole that stands here in place of bytes; null where there are bytes.</summary>
    public OutboxHole? Hole => _owner as OutboxHole;

    public static OutboxSegment Shared(LogBlock block, int start, int length, long messages, Subscription source, long numberBefore)
        => new(block, block.Bytes, start, length, messages, source, numberBefore);

    public static OutboxSegment Private(byte[] bytes, long messages)
        => new(null, bytes, 0, bytes.Length, messages, null, 0);

    public static OutboxSegment Of(OutboxHole hole)
        => new(hole, [], 0, 0, messages: 0, null, 0);

    /// <summary>Lets go of the bytes.</summary>
    public void Release() => (_owner as LogBlock)?.Release();

    public void AddReference() => (_owner as LogBlock)?.AddReference();

    /// <summary>Returns the rest of a segment whose first bytes were sent; it is never dropped, so that a line that was begun is ended.</summary>
    public OutboxSegment After(int sent) => new(_owner, _bytes, _start + sent, Length - sent, messages: 0, Source, NumberBefore);

    /// <summary>Returns true if <paramref name="next"/> continues where this segment ends, so that one segment can stand for both.</summary>
    public bool TryExtend(in OutboxSegment next, out OutboxSegment both)
    {
        // A line that was begun is kept, so it MUST NOT become one with messages that may be let go.
        if (_owner is not LogBlock || _owner != next._owner || _start + Length != next._start || Messages == 0)
        {
            both = default;
            return false;
        }

        both = new OutboxSegment(_owner, _bytes, _start, Length + next.Length, Messages + next.Messages, Source, NumberBefore);
        return true;
    }
}
