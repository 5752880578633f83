using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Search;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Reads history over one connection of its own. Not for two threads at a time.</summary>
internal sealed class HistoryReader : IDisposable
{
    private readonly Database _database;
    private readonly RecentMessages _recent;
    private readonly Statement _room;
    private readonly ConversationReader _conversations;
    private readonly Statement _placed;
    private readonly Statement _lastDirectTime;
    private readonly Statement _renamings;
    private readonly Statement _renamedSince;
    private readonly PageReader _pages;
    private readonly HistorySearcher _searcher;

    public HistoryReader(Database database, RecentMessages recent)
    {
        _database = database;
        _recent = recent;
        _room = database.Prepare("SELECT id, last_number FROM room WHERE key = ?");
        _conversations = new ConversationReader(database);
        _placed = database.Prepare("SELECT placed FROM progress");
        _lastDirectTime = database.Prepare("SELECT max(last_time) FROM room");
        _renamings = database.Prepare($"SELECT {MessageColumns.All} FROM message WHERE room = ? AND kind = 24 ORDER BY number");
        _renamedSince = database.Prepare(
            $"SELECT {MessageColumns.All}, room.name FROM message JOIN room ON room.id = message.room WHERE message.kind = 24 AND message.time >= ? AND {AsideName.IsNone} ORDER BY message.room");
        _pages = new PageReader(database);
        _searcher = new HistorySearcher(database, _pages);
    }

    /// <summary>Has a read that is under way fail, soon. From any thread.</summary>
    public void Interrupt() => _database.Interrupt();

    public long LastNumber(RoomName room)
    {
        var last = _room.Bind(1, room.Key).Step() ? _room.Number(1) : 0;
        _room.Reset();
        return last;
    }

    public DateTimeOffset? LastTime(RoomName room)
    {
        // Only conversations have a last time of their own.
        if (room.IsEmpty)
        {
            return _lastDirectTime.TryNumber(out var time) && time > 0 ? StoredTime.ToTime(time) : null;
        }

        return Read(new HistoryQuery(room) { Limit = 1, IncludesEvents = true, Life = RoomLife.All }) is [.., var last] ? last.Time : null;
    }

    public IReadOnlyList<FormerName> FormerNames(RoomName room)
    {
        var names = new List<FormerName>();
        if (_room.Bind(1, room.Key).TryNumber(out var id))
        {
            _renamings.Bind(1, id);
            while (_renamings.Step())
            {
                var entry = MessageColumns.Read(_renamings, room);
                if (EventEntry.TryReadRenaming(entry, out var oldName, out _))
                {
                    names.Add(new FormerName(oldName, entry.Number, entry.Time));
                }
            }
        }

        return names;
    }

    public IReadOnlyList<RoomName> LaterNames(RoomName formerName, DateTimeOffset since)
    {
        var names = new HashSet<RoomName>();
        _renamedSince.Bind(1, StoredTime.Of(since));
        while (_renamedSince.Step())
        {
            if (RoomName.TryParse(_renamedSince.Bytes(MessageColumns.Count), out var room)
                && EventEntry.TryReadRenaming(MessageColumns.Read(_renamedSince, room), out var oldName, out _) && oldName == formerName)
            {
                names.Add(room);
            }
        }

        return [.. names];
    }

    public IReadOnlyList<HistoryEntry> Read(HistoryQuery query) =>
        query.Room.IsEmpty ? [] : View(query.Room, room => _pages.Read(query, room)) ?? [];

    public IReadOnlyList<HistoryEntry> ReadDirect(DirectReader reader, Correspondent other, HistoryQuery query) =>
        HistoryQuery.Merge(
            _conversations.Between(reader, other).Select(room => View(room, default, view => _pages.Read(query, view, reader, other))), query);

    public IReadOnlyList<Conversation> Conversations(DirectReader reader, HistoryQuery query) =>
        _conversations.Read(reader, query, (room, page) => View(room, default, view => _pages.Read(page, view, reader)));

    public SearchPage Search(HistorySearch search)
    {
        var words = SearchWords.Parse(search.Words);
        return search.Room.IsEmpty || (words.Words.Count == 0 && search.Author.IsEmpty)
            ? SearchPage.Empty
            : View(search.Room, room => _searcher.Search(search, words, room)) ?? SearchPage.Empty;
    }

    public void Dispose()
    {
        _room.Dispose();
        _conversations.Dispose();
        _placed.Dispose();
        _lastDirectTime.Dispose();
        _renamings.Dispose();
        _renamedSince.Dispose();
        _searcher.Dispose();
        _pages.Dispose();
        _database.Dispose();
    }

    /// <summary>Null: there is no such room.</summary>
    private T? View<T>(RoomName name, Func<RoomView, T> read)
        where T : class
        => _room.Bind(1, name.Key).TryNumber(out var id) ? View(id, name, read) : null;

    /// <summary>Reads from one state of the file, whatever is written meanwhile.</summary>
    private T View<T>(long id, RoomName roomName, Func<RoomView, T> read)
    {
        // Before the state of the file is fixed: see there.
        var recent = _recent.Of(id);
        _database.Execute("BEGIN");
        _placed.TryNumber(out var placed);
        var result = read(new RoomView(roomName, id, NotIn(placed, recent)));
        _database.Execute("COMMIT");
        return result;
    }

    private static RecentMessage[] NotIn(long placed, RecentMessage[] recent)
    {
        var first = Array.FindIndex(recent, message => message.Id > placed);
        return first < 0 ? [] : recent[first..];
    }
}
