using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;
using Parley.Storage.Sqlite.Writing;

namespace Parley.Storage.Sqlite.Admin;

/// <summary>Puts messages in that are not there, by room and number, in any order.</summary>
internal sealed class HistoryImport : IDisposable
{
    private readonly Database _database;
    private readonly MessagePlacer _placer;
    private readonly bool _inUse;
    private readonly DateTimeOffset _now;
    private readonly Statement _room;
    private readonly Statement _addRoom;
    private readonly Statement _isPlaced;
    private readonly Statement _insert;
    private readonly Statement _inserted;
    private readonly ConversationEnd _conversationEnd;
    private readonly Statement _saveRoom;
    private readonly Statement _saveTime;
    private readonly Statement _allPlaced;
    private readonly Statement _unsort;
    private readonly SetbackScan _scan;
    private readonly Correspondents _correspondents;

    /// <param name="database">A connection that writes.</param>
    /// <param name="placer">Of that connection.</param>
    /// <param name="inUse">Whether a server is running: it gives out the numbers that follow, so the import must not.</param>
    /// <param name="now">The time, UTC: none is imported of a later one.</param>
    public HistoryImport(Database database, MessagePlacer placer, bool inUse, DateTimeOffset now)
    {
        _database = database;
        _placer = placer;
        _inUse = inUse;
        _now = now;
        _room = database.Prepare("SELECT id, last_number FROM room WHERE key = ?");
        _addRoom = database.Prepare("INSERT INTO room (name, key) VALUES (?, ?)");
        _isPlaced = database.Prepare("SELECT key FROM place WHERE key = ?");
        _insert = database.Prepare(
            """
            INSERT INTO message (id, room, number, time, author, recipient, kind, text, origin, account, tags, recipient_account, author_id, recipient_id, life)
            SELECT max(ifnull((SELECT max(id) FROM message), 0), placed) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM progress
            """);
        _inserted = database.Prepare("SELECT last_insert_rowid()");
        _conversationEnd = new ConversationEnd(database);
        _saveRoom = database.Prepare("UPDATE room SET last_number = max(last_number, ?) WHERE id = ?");
        _correspondents = new Correspondents(database);
        _saveTime = database.Prepare("UPDATE progress SET last_time = max(last_time, ?)");
        _unsort = database.Prepare("INSERT INTO unsorted (room, next) VALUES (?1, ?2) ON CONFLICT (room) DO UPDATE SET next = min(next, ?2)");
        _scan = new SetbackScan(database);
        _allPlaced = database.Prepare("SELECT 1 FROM progress WHERE placed >= ifnull((SELECT max(id) FROM message), 0)");
    }

    /// <summary>Adds what is missing of some messages, all or nothing; the result is how many.</summary>
    public int Add(IReadOnlyList<HistoryEntry> entries)
    {
        while (true)
        {
            PlaceAll();
            _correspondents.Forget();
            using var transaction = new Transaction(_database);
            // Only what is in place can be asked for by room and number. A server may have written in between: once more.
            if (!_allPlaced.TryNumber(out _))
            {
                continue;
            }

            var added = 0;
            var keys = new HashSet<long>();
            foreach (var entry in entries)
            {
                added += Add(entry, keys) ? 1 : 0;
            }

            transaction.Commit();
            return added;
        }
    }

    /// <summary>Puts everything in place, and finds where its times go back.</summary>
    public void Finish()
    {
        PlaceAll();
        while (_scan.Step())
        {
        }
    }

    public void Dispose()
    {
        _room.Dispose();
        _addRoom.Dispose();
        _isPlaced.Dispose();
        _insert.Dispose();
        _inserted.Dispose();
        _conversationEnd.Dispose();
        _saveRoom.Dispose();
        _saveTime.Dispose();
        _allPlaced.Dispose();
        _unsort.Dispose();
        _scan.Dispose();
        _correspondents.Dispose();
    }

    private void PlaceAll()
    {
        _placer.Wake();
        while (_placer.Step().Count > 0)
        {
        }
    }

    private bool Add(in HistoryEntry entry, HashSet<long> keys)
    {
        if (HistoryBounds.Refusal(entry, _now) is { } refusal)
        {
            throw new HistoryException($"A message in {(entry.Room.IsEmpty ? "direct messages" : entry.Room)} cannot be imported: {refusal}");
        }

        var (numbered, last) = Room(entry.Room.Value, entry.Room.Key);
        if (_inUse && entry.Number > last)
        {
            throw new HistoryException(
                $"Number {entry.Number} in {(entry.Room.IsEmpty ? "direct messages" : entry.Room)} is to come yet (the last is {last}): "
                + "while a server runs, only what is missing can be imported; stop it to import more");
        }

        var conversation = entry.Room.IsEmpty ? ConversationName.Of(entry) : "";
        var room = entry.Room.IsEmpty ? Room(conversation, conversation).Id : numbered;
        var key = MessageKey.Of(room, entry.Number);
        if (_isPlaced.Bind(1, key).TryNumber(out _) || !keys.Add(key))
        {
            return false;
        }

        if (entry.Room.IsEmpty)
        {
            _correspondents.Name(room, entry);
        }

        var time = StoredTime.Of(entry.Time);
        _insert.Bind(1, room).Bind(2, entry.Number).Bind(3, time).Bind(4, entry.Author.Value)
            .BindOrNull(5, entry.Recipient.Value).Bind(6, (long)entry.Kind).Bind(7, entry.Text.Span).BindDetails(8, entry)
            .BindLife(8 + MessageDetails.Count, entry).Run();
        _inserted.TryNumber(out var id);
        _conversationEnd.Note(entry, room, id);
        _saveRoom.Bind(1, entry.Number).Bind(2, room).Run();
        _saveRoom.Bind(1, entry.Number).Bind(2, numbered).Run();
        _saveTime.Bind(1, time).Run();
        _unsort.Bind(1, room).Bind(2, entry.Number).Run();
        return true;
    }

    private (long Id, long LastNumber) Room(string name, string key)
    {
        _room.Bind(1, key);
        if (!_room.Step())
        {
            _addRoom.Bind(1, name).Bind(2, key).Run();
            _room.Step();
        }

        var room = (_room.Number(0), _room.Number(1));
        _room.Reset();
        return room;
    }
}
