using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>
/// Removes what is past its retention: from rooms with newly placed messages at the next step, from all once a minute.
/// </summary>
internal sealed class RetentionSweep : IDisposable
{
    private const int PieceMessages = 250;

    // What looking after a room costs where nothing is to be removed, in messages.
    private const int RoomCost = 1;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(10);

    private readonly Database _database;
    private readonly bool _savesTime;
    private readonly MessageRemover _remover;
    private readonly SortedSet<long> _due = [];
    private readonly Statement _rooms;
    private readonly Statement _lastNumber;
    private readonly Statement _oldest;
    private readonly Statement _setbacks;
    private readonly Statement _forgetSetbacks;
    private readonly Statement _reached;
    private readonly Statement _saveReached;
    private Retention _retention;
    private DateTimeOffset _savedReached;
    private DateTimeOffset _nextSweep;

    // The setback of the room that is first due with which the next step goes on; 0 to begin with the first.
    private long _nextSetback;

    /// <param name="database">A connection that writes.</param>
    /// <param name="savesTime">Whether the time that it is told is to be remembered: not that of an operator's command.</param>
    public RetentionSweep(Database database, bool savesTime)
    {
        _savesTime = savesTime;
        _database = database;
        _remover = new MessageRemover(database);
        _rooms = database.Prepare("SELECT id FROM room WHERE id > 0");
        // The numbers of direct messages are counted in room 0.
        _lastNumber = database.Prepare(
            "SELECT ifnull((SELECT last_number FROM room WHERE id = ?1 AND name NOT LIKE '% %'), (SELECT last_number FROM room WHERE id = 0))");
        _oldest = database.Prepare(
            """
            SELECT place.key, place.message, message.time
            FROM place CROSS JOIN message ON message.id = place.message
            WHERE place.key >= ? AND place.key < ? ORDER BY place.key LIMIT ?
            """);
        _setbacks = database.Prepare(
            """
            SELECT key, ifnull((SELECT min(next.key) FROM setback AS next WHERE next.key > setback.key AND next.key < ?2), ?2)
            FROM setback WHERE key >= ?1 AND key < ?2 AND time < ?3 ORDER BY key LIMIT ?4
            """);
        _forgetSetbacks = database.Prepare("DELETE FROM setback WHERE key >= ? AND key <= ?");
        _reached = database.Prepare("SELECT ifnull(tidied, CASE WHEN EXISTS (SELECT 1 FROM message) THEN last_time END) FROM progress");
        _saveReached = database.Prepare("UPDATE progress SET tidied = ?");
        TidiedUntil = _reached.Step() && !_reached.IsNull(0) ? StoredTime.ToTime(_reached.Number(0)) : null;
        _reached.Reset();
    }

    /// <summary>Latest time that the sweep was told has come; the newest message's time before it was told any, null if there is none.</summary>
    public DateTimeOffset? TidiedUntil { get; private set; }

    /// <summary>Number of messages that were removed so far.</summary>
    public long Removed { get; private set; }

    /// <summary>Has these rooms looked after.</summary>
    public void Add(IReadOnlyList<long> rooms) => _due.UnionWith(rooms);

    /// <summary>Removes one piece; the result is whether there is more.</summary>
    public bool Step(Retention retention, DateTimeOffset now)
    {
        if (retention == default)
        {
            _due.Clear();
            return false;
        }

        TidiedUntil = now;
        if (retention != _retention || now >= _nextSweep || now < _nextSweep - Interval)
        {
            SaveReached(now);
            (_retention, _nextSweep) = (retention, now + Interval);
            while (_rooms.Step())
            {
                _due.Add(_rooms.Number(0));
            }
        }

        for (var left = PieceMessages; left > 0 && _due.Count > 0;)
        {
            var room = _due.Min;
            var (cost, isMore) = RemoveFrom(room, now, left);
            if (!isMore)
            {
                _due.Remove(room);
            }

            left -= cost + RoomCost;
        }

        return _due.Count > 0;
    }

    public void Dispose()
    {
        _remover.Dispose();
        _rooms.Dispose();
        _lastNumber.Dispose();
        _oldest.Dispose();
        _setbacks.Dispose();
        _forgetSetbacks.Dispose();
        _reached.Dispose();
        _saveReached.Dispose();
    }

    /// <summary>Not each minute: a server where nothing happens writes next to nothing.</summary>
    private void SaveReached(DateTimeOffset now)
    {
        if (_savesTime && (now - _savedReached).Duration() >= SaveInterval)
        {
            _savedReached = now;
            _saveReached.Bind(1, StoredTime.Of(now)).Run();
        }
    }

    /// <summary>Removes a piece of a room; the result is what that cost, in messages, and whether there may be more.</summary>
    private (int Cost, bool IsMore) RemoveFrom(long room, DateTimeOffset now, int limit)
    {
        _lastNumber.Bind(1, room).TryNumber(out var last);
        var lastPast = _retention.MaxMessagesPerRoom > 0 ? last - _retention.MaxMessagesPerRoom : 0;
        var keptSince = StoredTime.Of(_retention.KeptSince(now));
        var past = new List<(long Key, long Id)>();
        var stop = FindPast(past, MessageKey.Of(room, 0), MessageKey.Of(room + 1, 0), lastPast, keptSince, limit);
        var ahead = past.Count > 0 ? Math.Max(stop, past[^1].Key) : 0;
        var (looks, isMore) = stop > 0 ? FindBehindSetbacks(past, stop, room, keptSince, limit) : (0, past.Count == limit);
        if (past.Count > 0)
        {
            using var transaction = new Transaction(_database);
            past.ForEach(message => _remover.Remove(message.Key, message.Id));
            if (ahead > 0)
            {
                // No message is left ahead of these.
                _forgetSetbacks.Bind(1, MessageKey.Of(room, 0)).Bind(2, ahead).Run();
            }

            transaction.Commit();
            Removed += past.Count;
        }

        return (past.Count + looks, isMore);
    }

    /// <summary>Adds a room's messages that are past their age behind a younger one, where its times go back, and goes on there the next time.</summary>
    /// <param name="past">Takes the messages.</param>
    /// <param name="stop">Key of the younger one.</param>
    /// <param name="room">The room.</param>
    /// <param name="keptSince">The time before which messages are too old.</param>
    /// <param name="limit">At most so many messages and looks in all.</param>
    /// <returns>How many setbacks were looked behind, and whether there may be more.</returns>
    private (int Looks, bool IsMore) FindBehindSetbacks(List<(long Key, long Id)> past, long stop, long room, long keptSince, int limit)
    {
        var runs = new List<(long Key, long End)>();
        var from = MessageKey.RoomOf(_nextSetback) == room ? Math.Max(_nextSetback, stop + 1) : stop + 1;
        _setbacks.Bind(1, from).Bind(2, MessageKey.Of(room + 1, 0)).Bind(3, keptSince).Bind(4, limit + 1);
        while (_setbacks.Step())
        {
            runs.Add((_setbacks.Number(0), _setbacks.Number(1)));
        }

        var looks = 0;
        foreach (var (key, end) in runs)
        {
            _nextSetback = key;
            if (past.Count + looks >= limit)
            {
                return (looks, true);
            }

            // One message at least: each step gets further.
            looks++;
            var most = Math.Max(past.Count + 1, limit - looks);
            FindPast(past, key, end, 0, keptSince, most);
            if (past.Count == most)
            {
                return (looks, true);
            }
        }

        _nextSetback = 0;
        return (looks, false);
    }

    /// <summary>Adds messages that are past their retention, from a key on until there is one that is not, or there are enough.</summary>
    /// <returns>The key of the one that is not; 0 if that was not come to.</returns>
    private long FindPast(List<(long Key, long Id)> past, long first, long end, long lastPast, long keptSince, int limit)
    {
        var stop = 0L;
        _oldest.Bind(1, first).Bind(2, end).Bind(3, Math.Max(0, limit - past.Count));
        while (stop == 0 && _oldest.Step())
        {
            if (MessageKey.NumberOf(_oldest.Number(0)) <= lastPast || _oldest.Number(2) < keptSince)
            {
                past.Add((_oldest.Number(0), _oldest.Number(1)));
            }
            else
            {
                stop = _oldest.Number(0);
            }
        }

        _oldest.Reset();
        return stop;
    }
}
