using Npgsql;
using Parley.Core.History;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>
/// Removes what is past its retention: from rooms with new messages at the next step, from all once a minute.
/// </summary>
internal sealed class RetentionSweep
{
    private const int PieceMessages = 1_000;

    // Rooms that a step looks after where nothing is to be removed.
    private const int PieceRooms = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(10);

    private readonly SortedSet<long> _due = [];
    private Retention _retention;
    private DateTimeOffset _nextSweep;
    private DateTimeOffset _savedReached;

    /// <summary>Time of the last known step; before the first step, the newest message's time, or null if there is no message.</summary>
    public DateTimeOffset? TidiedUntil { get; private set; }

    /// <summary>Number of messages removed so far.</summary>
    public long Removed { get; private set; }

    /// <summary>Reads how far time has come.</summary>
    public void Load(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand("SELECT coalesce(tidied, CASE WHEN EXISTS (SELECT 1 FROM message) THEN last_time END) FROM progress", connection);
        TidiedUntil = command.ExecuteScalar() is long time ? StoredTime.ToTime(time) : null;
    }

    /// <summary>Has these rooms looked after.</summary>
    public void Add(IEnumerable<long> rooms) => _due.UnionWith(rooms);

    /// <summary>Removes one piece; the result is whether there is more.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="retention">How much is kept.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="savesTime">Whether that is to be remembered: not that of an operator's command.</param>
    public bool Step(NpgsqlConnection connection, Retention retention, DateTimeOffset now, bool savesTime = true)
    {
        TidiedUntil = now;
        if (retention == default)
        {
            _due.Clear();
            return false;
        }

        if (retention != _retention || now >= _nextSweep || now < _nextSweep - Interval)
        {
            Begin(connection, retention, now, savesTime);
        }

        var left = PieceMessages;
        for (var rooms = 0; rooms < PieceRooms && left > 0 && _due.Count > 0; rooms++)
        {
            var room = _due.Min;
            var removed = RemoveFrom(connection, room, now, left);
            Removed += removed;
            if (removed < left)
            {
                _due.Remove(room);
            }

            left -= removed;
        }

        return _due.Count > 0;
    }

    private void Begin(NpgsqlConnection connection, Retention retention, DateTimeOffset now, bool savesTime)
    {
        (_retention, _nextSweep) = (retention, now + Interval);
        if (savesTime && (now - _savedReached).Duration() >= SaveInterval)
        {
            _savedReached = now;
            using var save = new NpgsqlCommand("UPDATE progress SET tidied = @now", connection);
            save.Parameters.AddWithValue("now", StoredTime.Of(now));
            save.ExecuteNonQuery();
        }

        using (var forget = new NpgsqlCommand(
            "DELETE FROM setback WHERE NOT EXISTS (SELECT 1 FROM message WHERE message.room = setback.room AND message.number < setback.number)", connection))
        {
            forget.ExecuteNonQuery();
        }

        using var all = new NpgsqlCommand("SELECT id FROM room", connection);
        using var rooms = all.ExecuteReader();
        while (rooms.Read())
        {
            _due.Add(rooms.GetInt64(0));
        }
    }

    /// <summary>Removes a room's messages that are past their retention: the first by number, and the oldest by time, wherever they are.</summary>
    private int RemoveFrom(NpgsqlConnection connection, long room, DateTimeOffset now, int limit)
    {
        using var remove = new NpgsqlCommand(
            """
            DELETE FROM message WHERE room = @room AND number IN (
                SELECT number FROM (
                    (SELECT number FROM message WHERE room = @room AND @most > 0 AND number <= (SELECT last_number FROM room WHERE id = @room) - @most
                     ORDER BY number LIMIT @limit)
                    UNION (SELECT number FROM message WHERE room = @room AND time < @since ORDER BY time, number LIMIT @limit)) AS past
                LIMIT @limit)
            """,
            connection);
        remove.Parameters.AddWithValue("room", room);
        remove.Parameters.AddWithValue("limit", limit);
        remove.Parameters.AddWithValue("most", _retention.MaxMessagesPerRoom);
        remove.Parameters.AddWithValue("since", StoredTime.Of(_retention.KeptSince(now)));
        return remove.ExecuteNonQuery();
    }
}
