namespace Parley.Core.Delivery;

/// <summary>A ring of segments that costs an idle session next to nothing: a few slots, none before the first use.</summary>
internal struct SegmentQueue
{
    /// <summary>Slots that stay allocated when the queue runs empty.</summary>
    private const int SlotsKept = 4;

    private OutboxSegment[]? _slots;
    private int _first;

    public int Count { get; private set; }

    /// <summary>The segment at the far end; the queue MUST NOT be empty.</summary>
    public readonly ref OutboxSegment Last => ref this[Count - 1];

    /// <summary>The segment that is next; the queue MUST NOT be empty.</summary>
    public readonly ref OutboxSegment First => ref this[0];

    /// <summary>The segment at a place, from 0 for the next.</summary>
    public readonly ref OutboxSegment this[int index] => ref _slots![(_first + index) & (_slots.Length - 1)];

    public void Enqueue(in OutboxSegment segment)
    {
        _slots ??= new OutboxSegment[SlotsKept];
        if (Count == _slots.Length)
        {
            Grow();
        }

        _slots[(_first + Count) & (_slots.Length - 1)] = segment;
        Count++;
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
        _first = (_first + 1) & (_slots.Length - 1);
        Count--;
        if (Count == 0 && _slots.Length > SlotsKept)
        {
            _slots = null;
            _first = 0;
        }

        return true;
    }

    private void Grow()
    {
        var slots = new OutboxSegment[_slots!.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            slots[i] = _slots[(_first + i) & (_slots.Length - 1)];
        }

        _slots = slots;
        _first = 0;
    }
}
