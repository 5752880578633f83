namespace Parley.Core.History;

/// <summary>One room's messages in memory, in the order of their numbers: they come at one end and go at the other.</summary>
internal sealed class EntryRing
{
    private HistoryEntry[] _entries = new HistoryEntry[4];
    private int _first;

    public int Count { get; private set; }

    public HistoryEntry this[int index]
    {
        get => _entries[(_first + index) & (_entries.Length - 1)];
        set => _entries[(_first + index) & (_entries.Length - 1)] = value;
    }

    public void Add(in HistoryEntry entry)
    {
        if (Count == _entries.Length)
        {
            var larger = new HistoryEntry[Count * 2];
            for (var i = 0; i < Count; i++)
            {
                larger[i] = this[i];
            }

            (_entries, _first) = (larger, 0);
        }

        _entries[(_first + Count++) & (_entries.Length - 1)] = entry;
    }

    public void RemoveFirst()
    {
        _entries[_first] = default;
        _first = (_first + 1) & (_entries.Length - 1);
        Count--;
    }

    /// <summary>Returns the number of entries ahead of the first one that is not before a bound.</summary>
    public int CountBefore<TBound>(TBound bound, Func<HistoryEntry, TBound, bool> isBefore)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = isBefore(this[middle], bound) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
