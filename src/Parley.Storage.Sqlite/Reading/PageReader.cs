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
    private readonly TimeFinder _times;

    public PageReader(Database database)
    {
        const string Placed = "FROM place CROSS JOIN message ON message.id = place.message WHERE";
        const string Page = $"SELECT {MessageColumns.All} {Placed} place.key > ?1 AND place.key < ?2 AND {RowFilter.Condition} ORDER BY place.key";
        _oldest = database.Prepare($"{Page} LIMIT ?3");
        _newest = database.Prepare($"{Page} DESC LIMIT ?3");
        // Another program may have removed it, and its id may belong to another message since.
        _recent = database.Prepare($"SELECT {MessageColumns.All} FROM message WHERE id = ?1 AND room = ?2 AND number = ?3 AND {RowFilter.Condition}");
        _times = new TimeFinder(database);
    }

    /// <summary>One page, oldest first.</summary>
    public IReadOnlyList<HistoryEntry> Read(HistoryQuery query, RoomView room, DirectReader? reader = null, Correspondent? other = null)
    {
        var ranges = _times.Ranges(query, room);
        var filter = RowFilter.Of(query, reader, other);
        var limit = Math.Max(0, query.Limit);
        var page = new List<HistoryEntry>();
        if (query.Oldest)
        {
            ReadPlaced(_oldest, ranges);
            ReadRecent(room, room.Recent, query, filter, page, limit);
        }
        else
        {
            ReadRecent(room, room.Recent.Reverse(), query, filter, page, limit);
            ReadPlaced(_newest, Enumerable.Reverse(ranges));
            page.Reverse();
        }

        return page;

        void ReadPlaced(Statement rows, IEnumerable<NumberRange> inOrder)
        {
            foreach (var range in inOrder.TakeWhile(_ => page.Count < limit))
            {
                filter.BindTo(rows.Bind(1, MessageKey.Of(room.Id, range.After)).Bind(2, MessageKey.Of(room.Id, range.Before)).Bind(3, limit - page.Count));
                while (rows.Step())
                {
                    page.Add(MessageColumns.Read(rows, room.Name));
                }
            }
        }
    }

    /// <summary>The numbers of the messages in place that a query's bounds mean, in order.</summary>
    public List<NumberRange> Ranges(HistoryQuery query, RoomView room) => _times.Ranges(query, room);

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
        RoomView room, IEnumerable<RecentMessage> recent, HistoryQuery query, RowFilter filter, List<HistoryEntry> page, int limit)
    {
        foreach (var message in recent.Where(message => TimeFinder.IsMeant(query, message)))
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
        _times.Dispose();
    }
}
