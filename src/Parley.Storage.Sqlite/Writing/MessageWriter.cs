using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Reading;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Writes batches, each in one transaction.</summary>
internal sealed class MessageWriter : IDisposable
{
    private readonly Database _database;
    private readonly RecentMessages _recent;
    private readonly RoomEntries _rooms;
    private readonly List<(long Room, RecentMessage Message)> _written = [];
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _lastId;
    private readonly Statement _insert;
    private readonly Statement _saveTime;
    private readonly MessageRedactor _redactor;
    private readonly RoomRenamer _renamer;
    private readonly Correspondents _correspondents;
    private readonly ConversationEnd _conversationEnd;
    private readonly SetbackNotes _setbacks;

    public MessageWriter(Database database, RecentMessages recent)
    {
        _database = database;
        _recent = recent;
        _rooms = new RoomEntries(database);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        // Never an id again that was put in place, also when its message was the last and is gone.
        _lastId = database.Prepare("SELECT max(ifnull((SELECT max(id) FROM message), 0), placed) FROM progress");
        _insert = database.Prepare(
            """
            INSERT INTO message (id, room, number, time, author, kind, text, recipient, origin, account, tags, recipient_account, author_id, recipient_id, life)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        _redactor = new MessageRedactor(database);
        _renamer = new RoomRenamer(database);
        _correspondents = new Correspondents(database);
        _conversationEnd = new ConversationEnd(database);
        _setbacks = new SetbackNotes(database, recent);
        _saveTime = database.Prepare("UPDATE progress SET last_time = max(last_time, ?)");
    }

    /// <summary>Writes a batch, all of it or nothing.</summary>
    public void Append(ReadOnlySpan<HistoryEntry> batch)
    {
        _written.Clear();
        _begin.Run();
        try
        {
            _lastId.TryNumber(out var id);
            var lastTime = 0L;
            foreach (ref readonly var entry in batch)
            {
                if (entry.Kind == MessageKind.Redacted)
                {
                    _redactor.Redact(Touch(entry).Id, entry);
                    continue;
                }

                lastTime = Math.Max(lastTime, Insert(entry, ++id));
                if (EventEntry.TryReadRenaming(entry, out _, out var newName))
                {
                    Rename(entry, newName);
                }
            }

            _rooms.Save();
            _saveTime.Bind(1, lastTime).Run();
            _commit.Run();
        }
        catch (HistoryException e) when (SqliteFailure.IsRefusal(e))
        {
            Undo();
            throw new ArgumentException(e.Message, nameof(batch), e);
        }
        catch
        {
            Undo();
            throw;
        }

        _recent.Add(_written);
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _lastId.Dispose();
        _insert.Dispose();
        _redactor.Dispose();
        _renamer.Dispose();
        _correspondents.Dispose();
        _conversationEnd.Dispose();
        _setbacks.Dispose();
        _saveTime.Dispose();
        _rooms.Dispose();
    }

    private RoomEntry Touch(in HistoryEntry entry)
        => entry.Room.IsEmpty ? _rooms.Touch(ConversationName.Of(entry)) : _rooms.Touch(entry.Room);

    private void Undo()
    {
        _database.RollBack();
        _rooms.Forget();
        _correspondents.Forget();
    }

    /// <summary>Renames the room of an entry. From then on, what is known of rooms is what the file says.</summary>
    private void Rename(in HistoryEntry entry, RoomName newName)
    {
        var room = _rooms.Touch(entry.Room).Id;
        _rooms.Save();
        _renamer.Rename(room, entry.Number, entry.Room, newName);
        _rooms.Forget();
    }

    private long Insert(in HistoryEntry entry, long id)
    {
        var numbered = _rooms.Touch(entry.Room);
        if (entry.Number <= numbered.LastNumber || entry.Number > MessageKey.MaxNumber)
        {
            throw new ArgumentException($"Number {entry.Number} in '{entry.Room}' does not follow on {numbered.LastNumber}.", nameof(entry));
        }

        numbered.LastNumber = entry.Number;
        var room = numbered;
        if (entry.Room.IsEmpty)
        {
            room = Touch(entry);
            room.LastNumber = entry.Number;
            _correspondents.Name(room.Id, entry);
        }

        var time = StoredTime.Of(entry.Time);
        _insert.Bind(1, id).Bind(2, room.Id).Bind(3, entry.Number).Bind(4, time).Bind(5, entry.Author.Value)
            .Bind(6, (long)entry.Kind).Bind(7, entry.Text.Span).BindOrNull(8, entry.Recipient.Value).BindDetails(9, entry)
            .BindLife(9 + MessageDetails.Count, entry).Run();
        _conversationEnd.Note(entry, room.Id, id);
        _setbacks.Add(room, entry.Number, time, _written);
        _written.Add((room.Id, new RecentMessage(entry.Number, time, id)));
        return time;
    }
}
