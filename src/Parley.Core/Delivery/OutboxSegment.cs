namespace Parley.Core.Delivery;

/// <summary>Some bytes to send next: a range of a shared block, or private ones. MUST be released once they are copied or sent.</summary>
public readonly struct OutboxSegment
{
    private readonly LogBlock? _block;
    private readonly byte[] _bytes;
    private readonly int _start;

    private OutboxSegment(LogBlock? block, byte[] bytes, int start, int length, long messages)
    {
        _block = block;
        _bytes = bytes;
        _start = start;
        Length = length;
        Messages = messages;
    }

    /// <summary>The bytes; valid until <see cref="Release"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(_start, Length);

    /// <summary>How many bytes.</summary>
    public int Length { get; }

    /// <summary>How many messages would be missed if the segment were let go; none in a reply, which is never let go.</summary>
    internal long Messages { get; }

    /// <summary>Where the segments that had to be let go were: becomes a notice when the reader gets there.</summary>
    internal bool IsGap => _bytes is null;

    internal static OutboxSegment Shared(LogBlock block, int start, int length, long messages)
        => new(block, block.Bytes, start, length, messages);

    internal static OutboxSegment Private(byte[] bytes, long messages)
        => new(null, bytes, 0, bytes.Length, messages);

    /// <summary>Lets go of the bytes.</summary>
    public void Release() => _block?.Release();

    /// <summary>What is left when the first bytes were sent. It is kept from then on: a line that was begun is ended.</summary>
    internal OutboxSegment After(int sent) => new(_block, _bytes, _start + sent, Length - sent, messages: 0);

    internal void AddReference() => _block?.AddReference();

    /// <summary>Whether <paramref name="next"/> goes on where this one ends, so that one segment can stand for both.</summary>
    internal bool TryExtend(in OutboxSegment next, out OutboxSegment both)
    {
        // A line that was begun is kept, so it MUST NOT become one with messages that may be let go.
        if (_block is null || _block != next._block || _start + Length != next._start || Messages == 0)
        {
            both = default;
            return false;
        }

        both = new OutboxSegment(_block, _bytes, _start, Length + next.Length, Messages + next.Messages);
        return true;
    }
}
