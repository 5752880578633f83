namespace Parley.Core.History;

/// <summary>One room's history in memory; or that of all direct messages.</summary>
internal sealed class MemoryRoom
{
    private readonly EntryRing _entries = new();

    public long LastNumber { get; private set; }

    public DateTimeOffset? LastTime => _entries.Count > 0 ? _entries[_entries.Count - 1].Time : null;

    /// <summary>Numbers to come are above this one.</summary>
    public void NotBelow(long number) => LastNumber = Math.Max(LastNumber, number);

    public void Add(in HistoryEntry entry)
    {
        _entries.Add(entry);
        LastNumber = entry.Number;
    }

    /// <summary>Puts a redaction where the message of its number is, if there is one.</summary>
    public void Redact(in HistoryEntry redaction)
    {
        var index = CountUpTo(redaction.Number) - 1;
        if (index >= 0 && _entries[index] is var entry && entry.Number == redaction.Number)
        {
            _entries[index] = redaction with { Time = entry.Time, Life = entry.Life };
        }
    }

    public void KeepNewest(long count)
    {
        while (_entries.Count > count)
        {
            _entries.RemoveFirst();
        }
    }

    public void RemoveUpTo(long number)
    {
        while (_entries.Count > 0 && _entries[0].Number <= number)
        {
            _entries.RemoveFirst();
        }
    }

    public void RemoveBefore(DateTimeOffset time)
    {
        while (_entries.Count > 0 && _entries[0].Time < time)
        {
            _entries.RemoveFirst();
        }
    }

    /// <summary>The page that a query asks for, of the messages that are meant.</summary>
    public List<HistoryEntry> Read(HistoryQuery query, Func<HistoryEntry, bool> isMeant)
    {
        var first = CountUpTo(query.After);
        var end = CountUpTo(query.Before == long.MinValue ? query.Before : query.Before - 1);
        if (query.Since is { } since)
        {
            first = Math.Max(first, CountBefore(since));
        }

        if (query.Until is { } until)
        {
            end = Math.Min(end, CountBefore(until));
        }

        var page = new List<HistoryEntry>();
        for (var i = 0; i < end - first && page.Count < query.Limit; i++)
        {
            var entry = _entries[query.Oldest ? first + i : end - 1 - i];
            if ((query.IncludesEvents || entry.Kind.HasWords()) && (query.Author.IsEmpty || query.Author == entry.Author) && query.Life.MayRead(entry.Life) && isMeant(entry))
            {
                page.Add(entry);
            }
        }

        if (!query.Oldest)
        {
            page.Reverse();
        }

        return page;
    }

    /// <summary>Names that the room had, by the renamings that are still kept.</summary>
    public List<FormerName> FormerNames()
    {
        var names = new List<FormerName>();
        for (var i = 0; i < _entries.Count; i++)
        {
            if (EventEntry.TryReadRenaming(_entries[i], out var oldName, out _))
            {
                names.Add(new FormerName(oldName, _entries[i].Number, _entries[i].Time));
            }
        }

        return names;
    }

    private int CountUpTo(long number) => _entries.CountBefore(number, static (entry, bound) => entry.Number <= bound);

    private int CountBefore(DateTimeOffset time) => _entries.CountBefore(time, static (entry, bound) => entry.Time < bound);
}
