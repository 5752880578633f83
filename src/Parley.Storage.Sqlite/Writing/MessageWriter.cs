using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Writes batches, each in one transaction.</summary>
internal sealed class MessageWriter : IDisposable
{
    private readonly Database _database;
    private readonly RoomEntries _rooms;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _message;
    private readonly Statement _direct;

    public MessageWriter(Database database)
    {
        _database = database;
        _rooms = new RoomEntries(database);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _message = database.Prepare("INSERT INTO message (id, time, author, kind, text) VALUES (?, ?, ?, ?, ?)");
        _direct = database.Prepare("INSERT INTO direct (id, time, author, kind, text, recipient) VALUES (?, ?, ?, ?, ?, ?)");
    }

    /// <summary>Writes a batch, all of it or nothing; the result is the ids of its rooms.</summary>
    public long[] Append(ReadOnlySpan<HistoryEntry> batch)
    {
        _begin.Run();
        try
        {
            foreach (ref readonly var entry in batch)
            {
                Insert(entry);
            }

            var rooms = _rooms.Save();
            _commit.Run();
            return rooms;
        }
        catch
        {
            _database.RollBack();
            _rooms.Forget();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _message.Dispose();
        _direct.Dispose();
        _rooms.Dispose();
    }

    private void Insert(in HistoryEntry entry)
    {
        var room = _rooms.Touch(entry.Room);
        if (entry.Number <= room.LastNumber || entry.Number > MessageKey.MaxNumber)
        {
            throw new ArgumentException($"Number {entry.Number} in '{entry.Room}' does not follow on {room.LastNumber}.", nameof(entry));
        }

        room.LastNumber = entry.Number;
        var insert = entry.Room.IsEmpty ? _direct : _message;
        insert.Bind(1, MessageKey.Of(room.Id, entry.Number))
            .Bind(2, StoredTime.Of(entry.Time))
            .Bind(3, entry.Author.Value)
            .Bind(4, (long)entry.Kind)
            .Bind(5, entry.Text.Span);
        if (entry.Room.IsEmpty)
        {
            insert.Bind(6, entry.Recipient.Value);
        }

        insert.Run();
    }
}
