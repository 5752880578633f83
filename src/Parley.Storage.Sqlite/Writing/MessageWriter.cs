using Parley.Core.Events;
using Parley.Core.History;
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
            INSERT INTO message (id, room, number, time, author, kind, text, recipient, origin, account, tags, recipient_account)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        _redactor = new MessageRedactor(database);
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
                    _redactor.Redact(_rooms.Touch(NameOf(entry)).Id, entry);
                    continue;
                }

                lastTime = Math.Max(lastTime, Insert(entry, ++id));
            }

            _rooms.Save();
            _saveTime.Bind(1, lastTime).Run();
            _commit.Run();
        }
        catch
        {
            _database.RollBack();
            _rooms.Forget();
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
        _saveTime.Dispose();
        _rooms.Dispose();
    }

    private static string NameOf(in HistoryEntry entry)
        => entry.Room.IsEmpty ? ConversationName.Of(entry.Author, entry.Recipient) : entry.Room.Value;

    private long Insert(in HistoryEntry entry, long id)
    {
        var numbered = _rooms.Touch(entry.Room.Value);
        if (entry.Number <= numbered.LastNumber || entry.Number > MessageKey.MaxNumber)
        {
            throw new ArgumentException($"Number {entry.Number} in '{entry.Room}' does not follow on {numbered.LastNumber}.", nameof(entry));
        }

        numbered.LastNumber = entry.Number;
        var room = numbered;
        if (entry.Room.IsEmpty)
        {
            room = _rooms.Touch(NameOf(entry));
            room.LastNumber = entry.Number;
        }

        var time = StoredTime.Of(entry.Time);
        _insert.Bind(1, id).Bind(2, room.Id).Bind(3, entry.Number).Bind(4, time).Bind(5, entry.Author.Value)
            .Bind(6, (long)entry.Kind).Bind(7, entry.Text.Span).BindOrNull(8, entry.Recipient.Value).BindDetails(9, entry).Run();
        _written.Add((room.Id, new RecentMessage(entry.Number, time, id)));
        return time;
    }
}
