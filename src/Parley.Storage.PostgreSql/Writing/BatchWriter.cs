using Npgsql;
using NpgsqlTypes;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.PostgreSql.Schema;

namespace Parley.Storage.PostgreSql.Writing;

/// <summary>Writes batches, each in one transaction and one statement for all its messages.</summary>
/// <remarks>
/// Rows come as one array a column: for batches of a chat's size that takes no more than COPY does (docs/performance.md), what is there already can
/// be passed over, and the numbers are checked by the database in the same transaction, whoever else writes there.
/// </remarks>
internal sealed class BatchWriter
{
    private const string Insert =
        """
        INSERT INTO message (
            room, number, time, author, author_key, recipient, recipient_key, kind, text, origin, account, account_key, tags,
            recipient_account, recipient_account_key, author_id, recipient_id, life, post_node, post_counter, terms)
        SELECT room, number, time, author, author_key, recipient, recipient_key, kind, text, origin, account, account_key, tags,
            recipient_account, recipient_account_key, author_id, recipient_id, life, post_node, post_counter, array_to_tsvector(string_to_array(terms, ' '))
        FROM unnest(@room, @number, @time, @author, @author_key, @recipient, @recipient_key, @kind, @text, @origin, @account, @account_key,
            @tags, @recipient_account, @recipient_account_key, @author_id, @recipient_id, @life, @post_node,
            @post_counter, @terms)
            AS rows (room, number, time, author, author_key, recipient, recipient_key, kind, text, origin, account, account_key, tags,
            recipient_account, recipient_account_key, author_id, recipient_id, life, post_node, post_counter, terms)
        """;

    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);

    private CommitMark? _mark;

    /// <summary>Commit that was under way when the last batch failed, and may be done; null if there was none.</summary>
    public CommitMark? DoubtfulCommit { get; private set; }

    /// <summary>Rooms have other names now.</summary>
    public void ForgetRooms() => _ids.Clear();

    /// <summary>Writes a batch, all of it or nothing; the result is the rooms that it is of.</summary>
    /// <exception cref="ArgumentException">A number does not follow on the last of its room, or what a node has sent is kept already.</exception>
    /// <exception cref="StaleTermException">The term of the fence is over.</exception>
    public IReadOnlyCollection<long> Append(NpgsqlConnection connection, ReadOnlySpan<HistoryEntry> batch, WriteFence? fence)
    {
        (_mark, DoubtfulCommit) = (null, null);
        var touched = new HashSet<long>();
        var rooms = new Dictionary<string, long>(StringComparer.Ordinal);
        using var transaction = WriteFence.Begin(connection, fence);
        for (var written = 0; written < batch.Length;)
        {
            // Behind a renaming, names mean other rooms.
            var renaming = IndexOfRenaming(batch[written..], out var newName);
            var end = renaming < 0 ? batch.Length : written + renaming + 1;
            rooms = WritePart(connection, batch[written..end]);
            touched.UnionWith(rooms.Values);
            if (renaming >= 0)
            {
                RoomRenamer.Rename(connection, batch[end - 1].Room, newName);
                ForgetRooms();
                rooms.Clear();
            }

            written = end;
        }

        DoubtfulCommit = _mark;
        transaction.Commit();
        DoubtfulCommit = null;
        foreach (var (key, id) in rooms)
        {
            _ids[key] = id;
        }

        return touched;
    }

    private static int IndexOfRenaming(ReadOnlySpan<HistoryEntry> batch, out RoomName newName)
    {
        newName = default;
        for (var i = 0; i < batch.Length; i++)
        {
            if (batch[i].Kind == MessageKind.RoomRenamed && EventEntry.TryReadRenaming(batch[i], out _, out newName))
            {
                return i;
            }
        }

        return -1;
    }

    private Dictionary<string, long> WritePart(NpgsqlConnection connection, ReadOnlySpan<HistoryEntry> part)
    {
        var rows = new List<HistoryEntry>(part.Length);
        var redactions = new List<HistoryEntry>();
        foreach (ref readonly var entry in part)
        {
            (entry.Kind == MessageKind.Redacted ? redactions : rows).Add(entry);
        }

        var rooms = RoomsOf(connection, rows);
        SaveNumbers(connection, rows, rooms);
        Write(connection, rows, rooms, "");
        foreach (var redaction in redactions)
        {
            Redact(connection, redaction);
        }

        return rooms;
    }

    /// <summary>Writes rows of rooms that are there, in the transaction under way; the result is how many were new.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="rooms">The ids of their rooms, by key.</param>
    /// <param name="onConflict">What is done about a row that is there.</param>
    public static int Write(NpgsqlConnection connection, List<HistoryEntry> rows, Dictionary<string, long> rooms, string onConflict)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        using var insert = new NpgsqlCommand($"{Insert} {onConflict}", connection);
        Add(insert, "room", NpgsqlDbType.Bigint, rows, entry => rooms[Key(entry)]);
        Add(insert, "number", NpgsqlDbType.Bigint, rows, entry => entry.Number);
        Add(insert, "time", NpgsqlDbType.Bigint, rows, entry => StoredTime.Of(entry.Time));
        Add(insert, "author", NpgsqlDbType.Text, rows, entry => entry.Author.Value);
        Add(insert, "author_key", NpgsqlDbType.Text, rows, entry => Names.KeyOf(entry.Author));
        Add(insert, "recipient", NpgsqlDbType.Text, rows, entry => NullIfEmpty(entry.Recipient.Value));
        Add(insert, "recipient_key", NpgsqlDbType.Text, rows, entry => Names.KeyOf(entry.Recipient));
        Add(insert, "kind", NpgsqlDbType.Smallint, rows, entry => (short)entry.Kind);
        Add(insert, "text", NpgsqlDbType.Bytea, rows, entry => entry.Text.ToArray());
        Add(insert, "origin", NpgsqlDbType.Text, rows, entry => entry.Origin);
        Add(insert, "account", NpgsqlDbType.Text, rows, entry => NullIfEmpty(entry.Account.Value));
        Add(insert, "account_key", NpgsqlDbType.Text, rows, entry => Names.KeyOf(entry.Account));
        Add(insert, "tags", NpgsqlDbType.Bytea, rows, entry => entry.Tags.IsEmpty ? null : entry.Tags.ToArray());
        Add(insert, "recipient_account", NpgsqlDbType.Text, rows, entry => NullIfEmpty(entry.RecipientAccount.Value));
        Add(insert, "recipient_account_key", NpgsqlDbType.Text, rows, entry => Names.KeyOf(entry.RecipientAccount));
        Add(insert, "author_id", NpgsqlDbType.Bigint, rows, entry => entry.AuthorId.IsUnknown ? null : (long?)entry.AuthorId.Value);
        Add(insert, "recipient_id", NpgsqlDbType.Bigint, rows, entry => entry.RecipientId.IsUnknown ? null : (long?)entry.RecipientId.Value);
        Add(insert, "life", NpgsqlDbType.Bigint, rows, entry => entry.Life.IsNone ? null : (long?)entry.Life.Value);
        Add(insert, "post_node", NpgsqlDbType.Bigint, rows, entry => entry.PostOrigin.IsNone ? null : (long?)entry.PostOrigin.Node);
        Add(insert, "post_counter", NpgsqlDbType.Bigint, rows, entry => entry.PostOrigin.IsNone ? null : (long?)entry.PostOrigin.Counter);
        Add(insert, "terms", NpgsqlDbType.Text, rows, entry => Lexemes.Of(entry));
        try
        {
            return RunPrepared(insert);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "message_origin" })
        {
            throw new ArgumentException("The batch has what a node has sent, and what is kept already.", nameof(rows), e);
        }
    }

    /// <summary>The ids of the rooms of some rows, by key; those that are missing are made, in the transaction under way.</summary>
    public Dictionary<string, long> RoomsOf(NpgsqlConnection connection, List<HistoryEntry> rows)
    {
        var rooms = new Dictionary<string, long>(StringComparer.Ordinal) { [""] = 0 };
        var unknown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in rows)
        {
            var key = Key(entry);
            if (key.Length > 0 && _ids.TryGetValue(key, out var id))
            {
                rooms[key] = id;
            }
            else if (key.Length > 0)
            {
                unknown.TryAdd(key, entry.Room.Value);
            }
        }

        if (rows.TrueForAll(entry => !entry.Room.IsEmpty))
        {
            rooms.Remove("");
        }

        if (unknown.Count > 0)
        {
            using var make = new NpgsqlCommand(
                """
                INSERT INTO room (key, name) SELECT * FROM unnest(@keys, @names) ON CONFLICT (key) DO UPDATE SET key = excluded.key RETURNING key, id
                """,
                connection);
            make.Parameters.Add(new("keys", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = unknown.Keys.ToArray() });
            make.Parameters.Add(new("names", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = unknown.Values.ToArray() });
            using var made = make.ExecuteReader();
            while (made.Read())
            {
                rooms[made.GetString(0)] = made.GetInt64(1);
            }
        }

        return rooms;
    }

    /// <summary>The key of an entry's room; empty for direct messages.</summary>
    public static string Key(in HistoryEntry entry) => Names.KeyOf(entry.Room) ?? "";

    private void SaveNumbers(NpgsqlConnection connection, List<HistoryEntry> rows, Dictionary<string, long> rooms)
    {
        var bounds = new Dictionary<long, (long First, long Last, long Time)>();
        foreach (var entry in rows)
        {
            var room = rooms[Key(entry)];
            if (entry.Number is < 1 or > HistoryBounds.MaxNumber || (bounds.TryGetValue(room, out var known) && entry.Number <= known.Last))
            {
                throw new ArgumentException($"Number {entry.Number} in '{entry.Room}' does not follow on the one before.", nameof(rows));
            }

            bounds[room] = (bounds.TryGetValue(room, out known) ? known.First : entry.Number, entry.Number, StoredTime.Of(entry.Time));
        }

        if (rows.Count == 0)
        {
            return;
        }

        using var save = new NpgsqlCommand(
            """
            UPDATE room SET last_number = v.last, last_time = v.time
            FROM unnest(@rooms, @firsts, @lasts, @times) AS v (room, first, last, time) JOIN room AS earlier ON earlier.id = v.room
            WHERE room.id = v.room AND room.last_number < v.first
            RETURNING room.id, earlier.last_time
            """,
            connection);
        save.Parameters.Add(new("rooms", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = bounds.Keys.ToArray() });
        save.Parameters.Add(new("firsts", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = bounds.Values.Select(bound => bound.First).ToArray() });
        save.Parameters.Add(new("lasts", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = bounds.Values.Select(bound => bound.Last).ToArray() });
        save.Parameters.Add(new("times", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = bounds.Values.Select(bound => bound.Time).ToArray() });
        save.Prepare();
        var lastTimes = new Dictionary<long, long>();
        using (var saved = save.ExecuteReader())
        {
            while (saved.Read())
            {
                lastTimes.Add(saved.GetInt64(0), saved.GetInt64(1));
            }
        }

        if (lastTimes.Count != bounds.Count)
        {
            throw new ArgumentException("A number in the batch does not follow on the last one of its room.", nameof(rows));
        }

        SetbackNotes.Append(connection, rows.Select(entry => (rooms[Key(entry)], entry)), lastTimes);
        using var time = new NpgsqlCommand("UPDATE progress SET last_time = greatest(last_time, @time) RETURNING pg_current_xact_id()::text", connection);
        time.Parameters.AddWithValue("time", rows.Max(entry => StoredTime.Of(entry.Time)));
        time.Prepare();
        _mark = new CommitMark((string)time.ExecuteScalar()!, rooms[Key(rows[^1])], rows[^1].Number, StoredTime.Of(rows[^1].Time));
    }

    /// <summary>Runs a statement that comes with each batch: it is planned once a connection, which takes longer than a small batch does.</summary>
    private static int RunPrepared(NpgsqlCommand command)
    {
        command.Prepare();
        return command.ExecuteNonQuery();
    }

    private static void Redact(NpgsqlConnection connection, in HistoryEntry redaction)
    {
        using var redact = new NpgsqlCommand(
            """
            UPDATE message SET author = @author, author_key = @author_key, kind = @kind, text = @text, origin = @origin, account = @account,
                account_key = @account_key, tags = @tags, recipient_account = @recipient_account,
                recipient_account_key = @recipient_account_key, author_id = @author_id, recipient_id = @recipient_id, terms = NULL
            WHERE room = (SELECT id FROM room WHERE key = @room) AND number = @number
            """,
            connection);
        redact.Parameters.AddWithValue("author", redaction.Author.Value);
        redact.Parameters.AddWithValue("author_key", Names.KeyOf(redaction.Author)!);
        redact.Parameters.AddWithValue("kind", (short)redaction.Kind);
        redact.Parameters.AddWithValue("text", redaction.Text.ToArray());
        AddNullable(redact, "origin", NpgsqlDbType.Text, redaction.Origin);
        AddNullable(redact, "account", NpgsqlDbType.Text, NullIfEmpty(redaction.Account.Value));
        AddNullable(redact, "account_key", NpgsqlDbType.Text, Names.KeyOf(redaction.Account));
        AddNullable(redact, "tags", NpgsqlDbType.Bytea, redaction.Tags.IsEmpty ? null : redaction.Tags.ToArray());
        AddNullable(redact, "recipient_account", NpgsqlDbType.Text, NullIfEmpty(redaction.RecipientAccount.Value));
        AddNullable(redact, "recipient_account_key", NpgsqlDbType.Text, Names.KeyOf(redaction.RecipientAccount));
        AddNullable(redact, "author_id", NpgsqlDbType.Bigint, redaction.AuthorId.IsUnknown ? null : redaction.AuthorId.Value);
        AddNullable(redact, "recipient_id", NpgsqlDbType.Bigint, redaction.RecipientId.IsUnknown ? null : redaction.RecipientId.Value);
        redact.Parameters.AddWithValue("room", Key(redaction));
        redact.Parameters.AddWithValue("number", redaction.Number);
        redact.ExecuteNonQuery();
    }

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;

    private static void Add<T>(NpgsqlCommand command, string name, NpgsqlDbType type, List<HistoryEntry> rows, Func<HistoryEntry, T> value)
        => command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = rows.Select(value).ToArray() });

    private static void AddNullable(NpgsqlCommand command, string name, NpgsqlDbType type, object? value)
        => command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
}
