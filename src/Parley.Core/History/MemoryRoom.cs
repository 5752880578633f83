namespace Parley.Core.History;

/// <summary>One room's history in memory; or that of all direct messages.</summary>
internal sealed class MemoryRoom
{
    private readonly EntryRing _entries = new();

    // Where times go back along the numbers, as they may in what was imported: none, and times are found by halves.
    private int _setbacks;

    public long LastNumber { get; private set; }

    public DateTimeOffset? LastTime => _entries.Count > 0 ? _entries[_entries.Count - 1].Time : null;

    /// <summary>Numbers to come are above this one.</summary>
    public void NotBelow(long number) => LastNumber = Math.Max(LastNumber, number);

    public void Add(in HistoryEntry entry)
    {
        AddLast(entry);
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
            RemoveFirst();
        }
    }

    public void RemoveUpTo(long number)
    {
        while (_entries.Count > 0 && _entries[0].Number <= number)
        {
            RemoveFirst();
        }
    }

    /// <summary>Removes what is of an earlier time, wherever it is.</summary>
    public void RemoveBefore(DateTimeOffset time)
    {
        while (_entries.Count > 0 && _entries[0].Time < time)
        {
            RemoveFirst();
        }

        // Behind a younger one, there is more only where times go back. What stays goes round the ring once.
        if (_setbacks > 0 && IsAnyBefore(time))
        {
            for (var left = _entries.Count; left > 0; left--)
            {
                var entry = _entries[0];
                RemoveFirst();
                if (entry.Time >= time)
                {
                    AddLast(entry);
                }
            }
        }
    }

    /// <summary>The page that a query asks for, of the messages that are meant.</summary>
    public List<HistoryEntry> Read(HistoryQuery query, Func<HistoryEntry, bool> isMeant)
    {
        var first = CountUpTo(query.After);
        var end = CountUpTo(query.Before == long.MinValue ? query.Before : query.Before - 1);
        if (_setbacks == 0)
        {
            first = query.Since is { } since ? Math.Max(first, CountBefore(since)) : first;
            end = query.Until is { } until ? Math.Min(end, CountBefore(until)) : end;
        }

        var page = new List<HistoryEntry>();
        for (var i = 0; i < end - first && page.Count < query.Limit; i++)
        {
            var entry = _entries[query.Oldest ? first + i : end - 1 - i];
            if (IsAsked(query, entry) && isMeant(entry))
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

    private static bool IsAsked(HistoryQuery query, in HistoryEntry entry)
        => (query.IncludesEvents || entry.Kind.HasWords()) && (query.Author.IsEmpty || query.Author == entry.Author)
            && !(entry.Time < query.Since) && !(entry.Time >= query.Until) && query.Life.MayRead(entry.Life);

    private void AddLast(in HistoryEntry entry)
    {
        _setbacks += entry.Time < LastTime ? 1 : 0;
        _entries.Add(entry);
    }

    private void RemoveFirst()
    {
        _setbacks -= _entries.Count > 1 && _entries[1].Time < _entries[0].Time ? 1 : 0;
        _entries.RemoveFirst();
    }

    private bool IsAnyBefore(DateTimeOffset time)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Time < time)
            {
                return true;
            }
        }

        return false;
    }

    private int CountUpTo(long number) => _entries.CountBefore(number, static (entry, bound) => entry.Number <= bound);

    private int CountBefore(DateTimeOffset time) => _entries.CountBefore(time, static (entry, bound) => entry.Time < bound);
}
