using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Reads pages of one room, by number and by time.</summary>
internal sealed class PageReader : IDisposable
{
    private readonly Statement _oldest;
    private readonly Statement _newest;
    private readonly Statement _recent;
    private readonly Statement _atOrAfter;
    private readonly Statement _lastPlaced;

    public PageReader(Database database)
    {
        const string Placed = "FROM place CROSS JOIN message ON message.id = place.message WHERE";
        const string Page = $"SELECT {MessageColumns.All} {Placed} place.key > ?1 AND place.key < ?2 AND {RowFilter.Condition} ORDER BY place.key";
        _oldest = database.Prepare($"{Page} LIMIT ?3");
        _newest = database.Prepare($"{Page} DESC LIMIT ?3");
        // Another program may have removed it, and its id may belong to another message since.
        _recent = database.Prepare($"SELECT {MessageColumns.All} FROM message WHERE id = ?1 AND room = ?2 AND number = ?3 AND {RowFilter.Condition}");
        _atOrAfter = database.Prepare($"SELECT place.key, message.time {Placed} place.key >= ? AND place.key <= ? ORDER BY place.key LIMIT 1");
        _lastPlaced = database.Prepare("SELECT max(key) FROM place WHERE key >= ? AND key < ?");
    }

    /// <summary>One page, oldest first.</summary>
    public IReadOnlyList<HistoryEntry> Read(HistoryQuery query, RoomView room, DirectReader? reader = null, Correspondent? other = null)
    {
        var (after, before) = Bounds(query, room);
        var filter = RowFilter.Of(query, reader, other);
        var limit = Math.Max(0, query.Limit);
        var page = new List<HistoryEntry>();
        if (query.Oldest)
        {
            ReadPlaced(_oldest, page, limit);
            ReadRecent(room, room.Recent, entry => entry.Number > after && entry.Number < before, filter, page, limit);
        }
        else
        {
            ReadRecent(room, room.Recent.Reverse(), entry => entry.Number > after && entry.Number < before, filter, page, limit);
            ReadPlaced(_newest, page, limit);
            page.Reverse();
        }

        return page;

        void ReadPlaced(Statement rows, List<HistoryEntry> page, int limit)
        {
            filter.BindTo(rows.Bind(1, MessageKey.Of(room.Id, after)).Bind(2, MessageKey.Of(room.Id, before)).Bind(3, limit - page.Count));
            while (rows.Step())
            {
                page.Add(MessageColumns.Read(rows, room.Name));
            }
        }
    }

    /// <summary>The numbers between which a query's messages are, both exclusive.</summary>
    public (long After, long Before) Bounds(HistoryQuery query, RoomView room)
    {
        var after = Math.Max(0, query.After);
        var before = Math.Min(query.Before, MessageKey.MaxNumber);
        after = query.Since is { } since ? Math.Max(after, FirstAt(since, room) - 1) : after;
        before = query.Until is { } until ? Math.Min(before, FirstAt(until, room)) : before;
        return (after, before);
    }

    /// <summary>The message that is not in place yet, if it is meant and still there.</summary>
    public HistoryEntry? ReadRecent(RoomView room, RecentMessage message, RowFilter filter)
    {
        HistoryEntry? entry = filter.BindTo(_recent.Bind(1, message.Id).Bind(2, room.Id).Bind(3, message.Number)).Step()
            ? MessageColumns.Read(_recent, room.Name)
            : null;
        _recent.Reset();
        return entry;
    }

    /// <summary>Adds the messages of those that are meant, until there are enough.</summary>
    private void ReadRecent(
        RoomView room, IEnumerable<RecentMessage> recent, Func<RecentMessage, bool> isMeant, RowFilter filter, List<HistoryEntry> page, int limit)
    {
        foreach (var message in recent.Where(isMeant))
        {
            if (page.Count >= limit)
            {
                return;
            }

            if (ReadRecent(room, message, filter) is { } entry)
            {
                page.Add(entry);
            }
        }
    }

    public void Dispose()
    {
        _oldest.Dispose();
        _newest.Dispose();
        _recent.Dispose();
        _atOrAfter.Dispose();
        _lastPlaced.Dispose();
    }

    // Time never goes back within a room, so a search by halves finds it, and times need no index. Numbers may be missing:
    // each probe takes the next one that is there.
    /// <summary>A number that all messages of a time or later have or are above, and all earlier ones are below.</summary>
    private long FirstAt(DateTimeOffset time, RoomView room)
    {
        var wanted = StoredTime.Of(time);
        _lastPlaced.Bind(1, MessageKey.Of(room.Id, 0)).Bind(2, MessageKey.Of(room.Id + 1, 0)).TryNumber(out var last);
        var low = MessageKey.Of(room.Id, 1);
        var high = last;
        long? first = null;
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            if (_atOrAfter.Bind(1, middle).Bind(2, last).Step() && _atOrAfter.Number(1) < wanted)
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

        return first is { } key
            ? MessageKey.NumberOf(key)
            : room.Recent.FirstOrDefault(message => message.Time >= wanted, new(MessageKey.MaxNumber, 0, 0)).Number;
    }
}
