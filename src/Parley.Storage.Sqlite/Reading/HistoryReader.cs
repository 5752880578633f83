using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Reads pages of history over one connection of its own. Not for two threads at a time.</summary>
internal sealed class HistoryReader : IDisposable
{
    private readonly Database _database;
    private readonly Statement _room;
    private readonly Statement _lastTime;
    private readonly MessageTable _messages;
    private readonly MessageTable _directs;
    private readonly HistorySearcher _searcher;

    public HistoryReader(Database database)
    {
        _database = database;
        _room = database.Prepare("SELECT id, last_number FROM room WHERE name = ?");
        _lastTime = database.Prepare(
            """
            SELECT max(time)
            FROM (SELECT (SELECT time FROM message WHERE message.id BETWEEN room.id << 40 AND (room.id + 1 << 40) - 1
                          ORDER BY message.id DESC LIMIT 1) AS time
                  FROM room
                  UNION ALL
                  SELECT (SELECT time FROM direct ORDER BY id DESC LIMIT 1))
            """);
        _messages = new MessageTable(database, "message", MessageColumns.OfMessage, "");
        _directs = new MessageTable(database, "direct", MessageColumns.OfDirect, "first = ?4 AND second = ?5 AND");
        _searcher = new HistorySearcher(database);
    }

    public Database Database => _database;

    /// <summary>The room's id and last number; false if no message was ever kept of it.</summary>
    public bool TryFind(RoomName room, out long id, out long lastNumber)
    {
        _room.Bind(1, room.Value);
        var found = _room.Step();
        (id, lastNumber) = found ? (_room.Number(0), _room.Number(1)) : (0, 0);
        _room.Reset();
        return found;
    }

    public DateTimeOffset? LastTime()
    {
        _lastTime.Step();
        DateTimeOffset? time = _lastTime.IsNull(0) ? null : StoredTime.ToTime(_lastTime.Number(0));
        _lastTime.Reset();
        return time;
    }

    public IReadOnlyList<HistoryEntry> Read(HistoryQuery query) =>
        TryFind(query.Room, out var id, out var last) ? _messages.Read(query, query.Room, id, last) : [];

    public IReadOnlyList<HistoryEntry> ReadDirect(UserName one, UserName other, HistoryQuery query)
    {
        TryFind(default, out var id, out var last);
        _directs.BindEnds(one, other);
        return _directs.Read(query, default, id, last);
    }

    public IReadOnlyList<HistoryEntry> Search(HistorySearch search) => _searcher.Search(search);

    public void Dispose()
    {
        _searcher.Dispose();
        _room.Dispose();
        _lastTime.Dispose();
        _messages.Dispose();
        _directs.Dispose();
        _database.Dispose();
    }
}
