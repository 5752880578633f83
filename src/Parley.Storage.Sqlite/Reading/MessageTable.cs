using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Pages of one table, by number and by time.</summary>
internal sealed class MessageTable : IDisposable
{
    private readonly Statement _oldest;
    private readonly Statement _newest;
    private readonly Statement _atOrAfter;

    /// <param name="database">The reader's connection.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="columns">The columns that <see cref="MessageColumns"/> reads.</param>
    /// <param name="condition">Which rows, besides their keys: nothing, or text that ends in AND.</param>
    public MessageTable(Database database, string table, string columns, string condition)
    {
        var page = $"SELECT {columns} FROM {table} WHERE {condition} id > ?1 AND id < ?2 ORDER BY id";
        _oldest = database.Prepare($"{page} LIMIT ?3");
        _newest = database.Prepare($"{page} DESC LIMIT ?3");
        _atOrAfter = database.Prepare($"SELECT id, time FROM {table} WHERE id >= ? AND id <= ? ORDER BY id LIMIT 1");
    }

    /// <summary>Has the next pages be of what two users wrote to each other.</summary>
    public void BindEnds(UserName one, UserName other)
    {
        string[] ends = [one.Value.ToLowerInvariant(), other.Value.ToLowerInvariant()];
        Array.Sort(ends, StringComparer.Ordinal);
        _oldest.Bind(4, ends[0]).Bind(5, ends[1]);
        _newest.Bind(4, ends[0]).Bind(5, ends[1]);
    }

    /// <summary>One page, oldest first.</summary>
    public List<HistoryEntry> Read(HistoryQuery query, RoomName name, long room, long lastNumber)
    {
        var after = MessageKey.Of(room, query.After);
        var before = Math.Min(MessageKey.Of(room, query.Before), MessageKey.Of(room, lastNumber) + 1);
        if (query.Since is { } since)
        {
            after = Math.Max(after, FirstAt(since, room, lastNumber) - 1);
        }

        if (query.Until is { } until)
        {
            before = Math.Min(before, FirstAt(until, room, lastNumber));
        }

        var page = query.Oldest ? _oldest : _newest;
        page.Bind(1, after).Bind(2, before).Bind(3, Math.Max(0, query.Limit));
        var entries = new List<HistoryEntry>();
        while (page.Step())
        {
            entries.Add(MessageColumns.Read(page, name));
        }

        if (!query.Oldest)
        {
            entries.Reverse();
        }

        return entries;
    }

    public void Dispose()
    {
        _oldest.Dispose();
        _newest.Dispose();
        _atOrAfter.Dispose();
    }

    // Time never goes back within a room, so a search by halves over the keys finds it, and times need no index. Keys may
    // be missing: each probe takes the next one that is there.
    /// <summary>The key of the room's first message at a time or later; one past the last if there is none.</summary>
    private long FirstAt(DateTimeOffset time, long room, long lastNumber)
    {
        var wanted = StoredTime.Of(time);
        var low = MessageKey.Of(room, 1);
        var high = MessageKey.Of(room, lastNumber);
        var first = high + 1;
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            if (_atOrAfter.Bind(1, middle).Bind(2, high).Step() && _atOrAfter.Number(1) < wanted)
            {
                low = _atOrAfter.Number(0) + 1;
            }
            else
            {
                first = middle;
                high = middle - 1;
            }

            _atOrAfter.Reset();
        }

        return first;
    }
}
