using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Reading;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Puts messages, behind the writes, where their room and their words lead to them.</summary>
/// <remarks>
/// In pieces, each sorted by room: the more messages of a room come together, the less a message costs, and the search
/// index begins a segment whenever a key is below the one before it.
/// </remarks>
internal sealed class MessagePlacer : IDisposable
{
    /// <summary>Number of messages in a piece that takes some milliseconds.</summary>
    public const int SmallPiece = 1_000;

    private readonly Database _database;
    private readonly RecentMessages _recent;
    private readonly Statement _placed;
    private readonly Statement _pieceEnd;
    private readonly Statement _last;
    private readonly Statement _rooms;
    private readonly Statement _place;
    private readonly Statement _index;
    private readonly Statement _save;
    private bool _mayBeBehind = true;

    public MessagePlacer(Database database, RecentMessages recent)
    {
        _database = database;
        _recent = recent;
        _placed = database.Prepare("SELECT placed FROM progress");
        _pieceEnd = database.Prepare("SELECT id FROM message WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?");
        _last = database.Prepare("SELECT ifnull(max(id), 0) FROM message");
        _rooms = database.Prepare("SELECT DISTINCT room FROM message WHERE id > ? AND id <= ?");
        _place = database.Prepare(
            "INSERT INTO place (key, message) SELECT room << 36 | number, id FROM message WHERE id > ? AND id <= ? ORDER BY 1");
        _index = database.Prepare(
            """
            INSERT INTO message_index (rowid, terms)
            SELECT room << 36 | number, search_terms(text, author) FROM message WHERE id > ? AND id <= ? AND recipient IS NULL AND kind <= 2 ORDER BY 1
            """);
        _save = database.Prepare("UPDATE progress SET placed = ?");
    }

    /// <summary>Tells that there are new messages.</summary>
    public void Wake() => _mayBeBehind = true;

    /// <summary>Places so many messages; the result is the rooms that they are of, none if there was nothing to do.</summary>
    public IReadOnlyList<long> Step(int pieceMessages = SmallPiece)
    {
        if (!_mayBeBehind)
        {
            return [];
        }

        using var transaction = new Transaction(_database);
        _placed.TryNumber(out var after);
        var isLast = !_pieceEnd.Bind(1, after).Bind(2, pieceMessages - 1).TryNumber(out var end);
        if (isLast)
        {
            _last.TryNumber(out end);
        }

        if (end <= after)
        {
            _mayBeBehind = false;
            return [];
        }

        var rooms = new List<long>();
        _rooms.Bind(1, after).Bind(2, end);
        while (_rooms.Step())
        {
            rooms.Add(_rooms.Number(0));
        }

        _place.Bind(1, after).Bind(2, end).Run();
        _index.Bind(1, after).Bind(2, end).Run();
        _save.Bind(1, end).Run();
        transaction.Commit();
        _mayBeBehind = !isLast;
        foreach (var room in rooms)
        {
            _recent.RemoveUpTo(room, end);
        }

        return rooms;
    }

    public void Dispose()
    {
        _placed.Dispose();
        _pieceEnd.Dispose();
        _last.Dispose();
        _rooms.Dispose();
        _place.Dispose();
        _index.Dispose();
        _save.Dispose();
    }
}
