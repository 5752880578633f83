using Npgsql;
using NpgsqlTypes;
using Parley.Core.History;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>Notes where time goes back in a room, in the transaction under way.</summary>
/// <remarks>A server's own messages never go back: for them there is nothing to write.</remarks>
internal static class SetbackNotes
{
    /// <summary>Notes the setbacks of rows that follow on the last message of their rooms.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="rows">The rows, each with the id of its room, in the order of their numbers.</param>
    /// <param name="lastTimes">By room, the time of its last message; each is that of the last row afterwards.</param>
    public static void Append(NpgsqlConnection connection, IEnumerable<(long Room, HistoryEntry Entry)> rows, Dictionary<long, long> lastTimes)
    {
        var setbacks = new List<(long Room, long Number, long Before, long Time)>();
        foreach (var (room, entry) in rows)
        {
            var time = StoredTime.Of(entry.Time);
            if (time < lastTimes[room])
            {
                setbacks.Add((room, entry.Number, lastTimes[room], time));
            }

            lastTimes[room] = time;
        }

        if (setbacks.Count == 0)
        {
            return;
        }

        using var note = new NpgsqlCommand("INSERT INTO setback (room, number, before, time) SELECT * FROM unnest(@rooms, @numbers, @befores, @times)", connection);
        Add(note, "rooms", setbacks.Select(setback => setback.Room));
        Add(note, "numbers", setbacks.Select(setback => setback.Number));
        Add(note, "befores", setbacks.Select(setback => setback.Before));
        Add(note, "times", setbacks.Select(setback => setback.Time));
        note.ExecuteNonQuery();
    }

    /// <summary>Looks a part of a room through, and the next message behind it, after messages were put in anywhere.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="room">The room.</param>
    /// <param name="first">First number of the part.</param>
    /// <param name="last">Last number of the part.</param>
    public static void Renew(NpgsqlConnection connection, long room, long first, long last)
    {
        using var renew = new NpgsqlCommand(
            """
            DELETE FROM setback WHERE room = @room AND number >= @first
                AND number <= coalesce((SELECT min(number) FROM message WHERE room = @room AND number > @last), @last);
            INSERT INTO setback (room, number, before, time)
            SELECT room, number, before, time
            FROM (SELECT room, number, time, lag(time) OVER (ORDER BY number) AS before FROM message
                  WHERE room = @room
                      AND number >= coalesce((SELECT max(number) FROM message WHERE room = @room AND number < @first), @first)
                      AND number <= coalesce((SELECT min(number) FROM message WHERE room = @room AND number > @last), @last)) AS part
            WHERE time < before AND number >= @first;
            UPDATE room SET last_time = coalesce((SELECT time FROM message WHERE room = @room ORDER BY number DESC LIMIT 1), 0)
            WHERE id = @room AND last_number = @last
            """,
            connection);
        renew.Parameters.AddWithValue("room", room);
        renew.Parameters.AddWithValue("first", first);
        renew.Parameters.AddWithValue("last", last);
        renew.ExecuteNonQuery();
    }

    private static void Add(NpgsqlCommand command, string name, IEnumerable<long> values)
        => command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = values.ToArray() });
}
