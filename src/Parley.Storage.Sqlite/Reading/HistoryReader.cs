using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Reads history over one connection of its own. Not for two threads at a time.</summary>
internal sealed class HistoryReader : IDisposable
{
    private readonly Database _database;
    private readonly RecentMessages _recent;
    private static readonly HistoryQuery NewestOfAll = new(default(RoomName)) { Limit = 1 };

    private readonly Statement _room;
    private readonly Statement _conversations;
    private readonly Statement _placed;
    private readonly Statement _lastTime;
    private readonly PageReader _pages;
    private readonly HistorySearcher _searcher;

    public HistoryReader(Database database, RecentMessages recent)
    {
        _database = database;
        _recent = recent;
        _room = database.Prepare("SELECT id, last_number FROM room WHERE name = ?");
        _conversations = database.Prepare("SELECT room FROM correspondent WHERE name = ?");
        _placed = database.Prepare("SELECT placed FROM progress");
        _lastTime = database.Prepare("SELECT last_time FROM progress WHERE EXISTS (SELECT 1 FROM message)");
        _pages = new PageReader(database);
        _searcher = new HistorySearcher(database, _pages);
    }

    /// <summary>Has a read that is under way fail, soon. From any thread.</summary>
    public void Interrupt() => _database.Interrupt();

    public long LastNumber(RoomName room)
    {
        var last = _room.Bind(1, room.Value).Step() ? _room.Number(1) : 0;
        _room.Reset();
        return last;
    }

    public DateTimeOffset? LastTime() => _lastTime.TryNumber(out var time) ? StoredTime.ToTime(time) : null;

    public IReadOnlyList<HistoryEntry> Read(HistoryQuery query) =>
        query.Room.IsEmpty ? [] : View(query.Room.Value, query.Room, room => _pages.Read(query, room));

    public IReadOnlyList<HistoryEntry> ReadDirect(DirectReader reader, UserName other, HistoryQuery query) =>
        View(ConversationName.Of(reader.Name, other), default, room => _pages.Read(query, room, reader));

    public IReadOnlyList<Conversation> Conversations(DirectReader reader, HistoryQuery query)
    {
        var rooms = new List<long>();
        _conversations.Bind(1, reader.Name.Value);
        while (_conversations.Step())
        {
            rooms.Add(_conversations.Number(0));
        }

        var last = rooms.SelectMany(room => View(room, default, view => _pages.Read(NewestOfAll, view, reader)))
            .Select(entry => new Conversation(entry.Author == reader.Name ? entry.Recipient : entry.Author, entry.Time));
        return query.Choose(last, conversation => conversation.LastTime);
    }

    public IReadOnlyList<HistoryEntry> Search(HistorySearch search)
    {
        var words = SearchWords.Parse(search.Words);
        return words.Words.Count == 0 || search.Room.IsEmpty
            ? []
            : View(search.Room.Value, search.Room, room => _searcher.Search(search, words, room));
    }

    public void Dispose()
    {
        _room.Dispose();
        _conversations.Dispose();
        _placed.Dispose();
        _lastTime.Dispose();
        _searcher.Dispose();
        _pages.Dispose();
        _database.Dispose();
    }

    private IReadOnlyList<HistoryEntry> View(string name, RoomName roomName, Func<RoomView, IReadOnlyList<HistoryEntry>> read)
        => _room.Bind(1, name).TryNumber(out var id) ? View(id, roomName, read) : [];

    /// <summary>Reads from one state of the file, whatever is written meanwhile.</summary>
    private IReadOnlyList<HistoryEntry> View(long id, RoomName roomName, Func<RoomView, IReadOnlyList<HistoryEntry>> read)
    {
        // Before the state of the file is fixed: see there.
        var recent = _recent.Of(id);
        _database.Execute("BEGIN");
        _placed.TryNumber(out var placed);
        var inPlace = Array.FindIndex(recent, message => message.Id > placed);
        var result = read(new RoomView(roomName, id, inPlace < 0 ? [] : recent[inPlace..]));
        _database.Execute("COMMIT");
        return result;
    }
}
