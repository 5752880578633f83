using Npgsql;
using NpgsqlTypes;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Engine;
using Parley.Storage.PostgreSql.Schema;
using Parley.Storage.PostgreSql.Writing;

namespace Parley.Storage.PostgreSql;

/// <summary>Operator's access to the history in a database, whether or not a server is using it; every member blocks.</summary>
public sealed class PostgreSqlHistoryAdmin : IHistoryArchive
{
    private const int PieceMessages = 1_000;

    private readonly DatabaseAddress _address;
    private readonly NpgsqlConnection _connection;

    private PostgreSqlHistoryAdmin(DatabaseAddress address, NpgsqlConnection connection) => (_address, _connection) = (address, connection);

    /// <inheritdoc/>
    public string Location => _address.ToString();

    /// <summary>Opens the history in a database, or begins one in it.</summary>
    /// <exception cref="HistoryException">It cannot be reached or used. All methods throw it, too.</exception>
    public static PostgreSqlHistoryAdmin Open(DatabaseAddress address)
    {
        // Its own, and no pool's: a lock that it takes goes with it.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            Migrations.Apply(connection);
            return new PostgreSqlHistoryAdmin(address, connection);
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw PostgreSqlFailure.Is(e) ? address.Failure.Of(e) : e;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<HistoryEntry> Export(RoomName room = default, bool withDirects = false)
    {
        long last = 0;
        List<(long Arrival, HistoryEntry Entry)> piece;
        do
        {
            piece = Run(() => ReadPiece(last, room, withDirects));
            foreach (var (arrival, entry) in piece)
            {
                last = arrival;
                yield return entry;
            }
        }
        while (piece.Count == PieceMessages);
    }

    /// <inheritdoc/>
    public ImportResult Import(IEnumerable<HistoryEntry> entries, DateTimeOffset now)
    {
        long seen = 0;
        long added = 0;
        using var held = Run(() => PostgreSqlWriterLock.TryTake(_connection, PostgreSqlWriterLock.History, isShared: false));
        foreach (var piece in entries.Chunk(PieceMessages))
        {
            seen += piece.Length;
            added += Run(() => Add(piece, now, inUse: held is null));
        }

        return new ImportResult(added, seen - added);
    }

    /// <inheritdoc/>
    public IReadOnlyList<LastNumber> LastNumbers() => Run(() =>
    {
        using var command = new NpgsqlCommand("SELECT name, last_number FROM room WHERE position(chr(10) in key) = 0 AND last_number > 0 ORDER BY id", _connection);
        using var rows = command.ExecuteReader();
        var numbers = new List<LastNumber>();
        while (rows.Read())
        {
            // Direct messages have an empty name.
            numbers.Add(new LastNumber(RoomName.TryParse(rows.GetString(0), out var room) ? room : default, rows.GetInt64(1)));
        }

        return numbers;
    });

    /// <inheritdoc/>
    public void RaiseNumbers(IReadOnlyList<LastNumber> numbers) => Run(() =>
    {
        using var held = PostgreSqlWriterLock.TryTake(_connection, PostgreSqlWriterLock.History, isShared: false);
        if (held is null)
        {
            return 0;
        }

        using var command = new NpgsqlCommand(
            """
            INSERT INTO room (key, name, last_number) SELECT * FROM unnest(@keys, @names, @numbers)
            ON CONFLICT (key) DO UPDATE SET last_number = greatest(room.last_number, excluded.last_number)
            """,
            _connection);
        command.Parameters.Add(new("keys", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = numbers.Select(each => Names.KeyOf(each.Room) ?? "").ToArray() });
        command.Parameters.Add(new("names", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = numbers.Select(each => each.Room.Value).ToArray() });
        command.Parameters.Add(new("numbers", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = numbers.Select(each => each.Number).ToArray() });
        return command.ExecuteNonQuery();
    });

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _connection.Dispose();

    private List<(long Arrival, HistoryEntry Entry)> ReadPiece(long after, RoomName room, bool withDirects)
    {
        using var command = new NpgsqlCommand(
            $"""
            SELECT {MessageColumns.All}, m.arrival FROM message AS m JOIN room AS r ON r.id = m.room
            WHERE m.arrival > @after AND position(chr(10) in r.key) = 0 AND (@room = '' OR r.key = @room) AND (@directs OR m.room > 0)
            ORDER BY m.arrival LIMIT {PieceMessages}
            """,
            _connection);
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("room", Names.KeyOf(room) ?? "");
        command.Parameters.AddWithValue("directs", withDirects);
        using var rows = command.ExecuteReader();
        var piece = new List<(long, HistoryEntry)>();
        while (rows.Read())
        {
            piece.Add((rows.GetInt64(rows.FieldCount - 1), MessageColumns.Read(rows)));
        }

        return piece;
    }

    private int Add(HistoryEntry[] piece, DateTimeOffset now, bool inUse)
    {
        foreach (var entry in piece)
        {
            if (HistoryBounds.Refusal(entry, now) is { } refusal)
            {
                throw new HistoryException($"A message in {(entry.Room.IsEmpty ? "direct messages" : entry.Room)} cannot be imported: {refusal}");
            }
        }

        using var transaction = _connection.BeginTransaction();
        var rows = piece.ToList();
        var rooms = new BatchWriter().RoomsOf(_connection, rows);
        var highest = rows.GroupBy(entry => BatchWriter.Key(entry), StringComparer.Ordinal).Select(room => (Room: rooms[room.Key], Number: room.Max(entry => entry.Number))).ToArray();
        using (var raise = new NpgsqlCommand(
            """
            UPDATE room SET last_number = v.last FROM unnest(@rooms, @lasts) AS v (room, last)
            WHERE room.id = v.room AND room.last_number < v.last
            """,
            _connection))
        {
            raise.Parameters.Add(new("rooms", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = highest.Select(each => each.Room).ToArray() });
            raise.Parameters.Add(new("lasts", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = highest.Select(each => each.Number).ToArray() });
            if (raise.ExecuteNonQuery() > 0 && inUse)
            {
                throw new HistoryException(
                    $"A server keeps its history in {_address}: while it runs, only what is missing below its newest messages can be imported; stop it to import more");
            }
        }

        var added = BatchWriter.Write(_connection, rows, rooms, "ON CONFLICT DO NOTHING");
        if (added > 0)
        {
            foreach (var room in rows.GroupBy(entry => rooms[BatchWriter.Key(entry)], entry => entry.Number))
            {
                SetbackNotes.Renew(_connection, room.Key, room.Min(), room.Max());
            }
        }

        using (var time = new NpgsqlCommand("UPDATE progress SET last_time = greatest(last_time, @time)", _connection))
        {
            time.Parameters.AddWithValue("time", rows.Max(entry => StoredTime.Of(entry.Time)));
            time.ExecuteNonQuery();
        }

        transaction.Commit();
        return added;
    }

    private T Run<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (PostgreSqlFailure.Is(e))
        {
            throw _address.Failure.Of(e);
        }
    }
}
