using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>
/// Removes what is past its retention: from rooms with new messages at the next step, from all rooms once a minute.
/// </summary>
internal sealed class RetentionSweep : IDisposable
{
    private const int PieceMessages = 250;
    private const int RoomCost = 5;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Database _database;
    private readonly MessageRemover _remover;
    private readonly SortedSet<long> _due = [];
    private readonly Statement _rooms;
    private readonly Statement _last;
    private readonly Statement _oldest;
    private readonly Statement _oldestDirect;
    private Retention _retention;
    private DateTimeOffset _nextSweep;

    public RetentionSweep(Database database)
    {
        _database = database;
        _remover = new MessageRemover(database);
        _rooms = database.Prepare("SELECT id FROM room");
        _last = database.Prepare("SELECT last_number FROM room WHERE id = ?");
        _oldest = database.Prepare("SELECT id, time FROM message WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?");
        _oldestDirect = database.Prepare("SELECT id, time FROM direct WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?");
    }

    /// <summary>How many messages were removed so far.</summary>
    public long Removed { get; private set; }

    /// <summary>Has these rooms looked after: they have new messages.</summary>
    public void Add(ReadOnlySpan<long> rooms)
    {
        foreach (var room in rooms)
        {
            _due.Add(room);
        }
    }

    /// <summary>Removes one piece; the result is whether there is more.</summary>
    public bool Step(Retention retention, DateTimeOffset now)
    {
        if (retention != _retention || now >= _nextSweep)
        {
            _retention = retention;
            _nextSweep = now + Interval;
            while (_rooms.Step())
            {
                _due.Add(_rooms.Number(0));
            }
        }

        if (retention == default)
        {
            _due.Clear();
        }

        for (var left = PieceMessages; left > 0 && _due.Count > 0;)
        {
            var room = _due.Min;
            var removed = RemoveFrom(room, retention, now, left);
            Removed += removed;
            if (removed < left)
            {
                _due.Remove(room);
            }

            left -= removed + RoomCost;
        }

        return _due.Count > 0;
    }

    public void Dispose()
    {
        _remover.Dispose();
        _rooms.Dispose();
        _last.Dispose();
        _oldest.Dispose();
        _oldestDirect.Dispose();
    }

    private int RemoveFrom(long room, Retention retention, DateTimeOffset now, int limit)
    {
        if (FindEnd(room, retention, now, limit) is not { } end)
        {
            return 0;
        }

        using var transaction = new Transaction(_database);
        var removed = _remover.Remove(MessageKey.Of(room, 1), end);
        transaction.Commit();
        return removed;
    }

    /// <summary>The highest key to remove in this piece; null if the room's oldest message may stay.</summary>
    private long? FindEnd(long room, Retention retention, DateTimeOffset now, int limit)
    {
        _last.Bind(1, room).TryNumber(out var lastNumber);
        var kept = retention.MaxMessagesPerRoom > 0 ? Math.Max(0, lastNumber - retention.MaxMessagesPerRoom) : 0;
        var keptSince = retention.MaxAge > TimeSpan.Zero ? StoredTime.Of(now - retention.MaxAge) : long.MinValue;
        var oldest = room > 0 ? _oldest : _oldestDirect;
        oldest.Bind(1, MessageKey.Of(room, 1)).Bind(2, MessageKey.Of(room, lastNumber)).Bind(3, limit);
        long? end = null;
        while (oldest.Step() && (MessageKey.NumberOf(oldest.Number(0)) <= kept || oldest.Number(1) < keptSince))
        {
            end = oldest.Number(0);
        }

        oldest.Reset();
        return end;
    }
}
