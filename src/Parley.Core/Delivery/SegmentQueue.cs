using System.Buffers;

namespace Parley.Core.Delivery;

/// <summary>A ring of segments that holds no memory while it is empty.</summary>
internal struct SegmentQueue
{
    private const int FirstSlots = 16;

    private OutboxSegment[]? _slots;
    private int _first;

    public int Count { get; private set; }

    /// <summary>The segment at the far end; the queue MUST NOT be empty.</summary>
    public readonly ref OutboxSegment Last => ref this[Count - 1];

    /// <summary>The segment that is next; the queue MUST NOT be empty.</summary>
    public readonly ref OutboxSegment First => ref this[0];

    /// <summary>The segment at a place, from 0 for the next.</summary>
    public readonly ref OutboxSegment this[int index] => ref _slots![Slot(index)];

    public void Enqueue(in OutboxSegment segment)
    {
        _slots ??= ArrayPool<OutboxSegment>.Shared.Rent(FirstSlots);
        if (Count == _slots.Length)
        {
            Grow();
        }

        Count++;
        Last = segment;
    }

    public bool TryDequeue(out OutboxSegment segment)
    {
        if (Count == 0)
        {
            segment = default;
            return false;
        }

        ref var slot = ref _slots![_first];
        segment = slot;
        slot = default;
        _first = Slot(1);
        Count--;
        if (Count == 0)
        {
            ArrayPool<OutboxSegment>.Shared.Return(_slots);
            (_slots, _first) = (null, 0);
        }

        return true;
    }

    /// <summary>Copies the bytes of the next segments, as far as they fit whole and up to a hole.</summary>
    /// <returns>How many bytes.</returns>
    public readonly int CopyTo(Span<byte> buffer)
    {
        var length = 0;
        for (var i = 0; i < Count; i++)
        {
            ref var next = ref this[i];
            if (next.Hole is not null || length + next.Length > buffer.Length)
            {
                break;
            }

            next.Bytes.Span.CopyTo(buffer[length..]);
            length += next.Length;
        }

        return length;
    }

    private readonly int Slot(int index)
    {
        var slot = _first + index;
        return slot < _slots!.Length ? slot : slot - _slots.Length;
    }

    private void Grow()
    {
        var slots = ArrayPool<OutboxSegment>.Shared.Rent(_slots!.Length * 2);
        for (var i = 0; i < Count; i++)
        {
            slots[i] = this[i];
        }

        ArrayPool<OutboxSegment>.Shared.Return(_slots, clearArray: true);
        (_slots, _first) = (slots, 0);
    }
}
