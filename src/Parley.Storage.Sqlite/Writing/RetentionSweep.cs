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
    private readonly Statement _reached;
    private readonly Statement _saveReached;
    private Retention _retention;
    private DateTimeOffset _savedReached;
    private DateTimeOffset _nextSweep;

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
            var removed = RemoveFrom(room, now, left);
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
        _lastNumber.Dispose();
        _oldest.Dispose();
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

    private int RemoveFrom(long room, DateTimeOffset now, int limit)
    {
        var past = FindPast(room, now, limit);
        if (past.Count > 0)
        {
            using var transaction = new Transaction(_database);
            foreach (var (key, id) in past)
            {
                _remover.Remove(key, id);
            }

            transaction.Commit();
            Removed += past.Count;
        }

        return past.Count;
    }

    /// <summary>The room's oldest messages, as far as they are past their retention.</summary>
    private List<(long Key, long Id)> FindPast(long room, DateTimeOffset now, int limit)
    {
        _lastNumber.Bind(1, room).TryNumber(out var last);
        var lastPast = _retention.MaxMessagesPerRoom > 0 ? last - _retention.MaxMessagesPerRoom : 0;
        var keptSince = StoredTime.Of(_retention.KeptSince(now));
        var past = new List<(long, long)>();
        _oldest.Bind(1, MessageKey.Of(room, 0)).Bind(2, MessageKey.Of(room + 1, 0)).Bind(3, limit);
        while (_oldest.Step() && (MessageKey.NumberOf(_oldest.Number(0)) <= lastPast || _oldest.Number(2) < keptSince))
        {
            past.Add((_oldest.Number(0), _oldest.Number(1)));
        }

        _oldest.Reset();
        return past;
    }
}
