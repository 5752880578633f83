using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Puts messages into the search index, room by room, behind the writes.</summary>
/// <remarks>
/// In the order of keys: a key below the one before it would have the index write out what it has gathered, a segment for
/// each, instead of one per piece.
/// </remarks>
internal sealed class SearchIndexer : IDisposable
{
    // Some milliseconds. Smaller pieces cost more in all: each one begins a segment of the index, to be merged with others.
    private const int PieceMessages = 500;

    // What looking after a room with hardly anything new costs, in messages.
    private const int RoomCost = 5;

    private readonly Database _database;
    private readonly SortedSet<long> _behind = [];
    private readonly Statement _progress;
    private readonly Statement _pieceEnd;
    private readonly Statement _add;
    private readonly Statement _save;

    public SearchIndexer(Database database)
    {
        _database = database;
        _progress = database.Prepare("SELECT indexed_number, last_number FROM room WHERE id = ?");
        _pieceEnd = database.Prepare("SELECT id FROM message WHERE id > ? AND id <= ? ORDER BY id LIMIT 1 OFFSET ?");
        _add = database.Prepare(
            "INSERT INTO message_index (rowid, text) SELECT id, text FROM message WHERE id > ? AND id <= ? ORDER BY id");
        _save = database.Prepare("UPDATE room SET indexed_number = ? WHERE id = ?");
        using var behind = database.Prepare("SELECT id FROM room WHERE id > 0 AND indexed_number < last_number");
        while (behind.Step())
        {
            _behind.Add(behind.Number(0));
        }
    }

    /// <summary>Has these rooms looked after: they have new messages.</summary>
    public void Add(ReadOnlySpan<long> rooms)
    {
        foreach (var room in rooms)
        {
            // Direct messages are not searched.
            if (room > 0)
            {
                _behind.Add(room);
            }
        }
    }

    /// <summary>Indexes one piece; the result is whether there is more.</summary>
    public bool Step()
    {
        if (_behind.Count == 0)
        {
            return false;
        }

        var done = new List<long>();
        using var transaction = new Transaction(_database);
        var left = PieceMessages;
        foreach (var room in _behind)
        {
            var (added, complete) = IndexRoom(room, left);
            if (complete)
            {
                done.Add(room);
            }

            left -= added + RoomCost;
            if (left <= 0)
            {
                break;
            }
        }

        transaction.Commit();
        _behind.ExceptWith(done);
        return _behind.Count > 0;
    }

    public void Dispose()
    {
        _progress.Dispose();
        _pieceEnd.Dispose();
        _add.Dispose();
        _save.Dispose();
    }

    private (int Added, bool Complete) IndexRoom(long room, int maxMessages)
    {
        if (!_progress.Bind(1, room).Step())
        {
            _progress.Reset();
            return (0, true);
        }

        var (after, last) = (MessageKey.Of(room, _progress.Number(0)), MessageKey.Of(room, _progress.Number(1)));
        _progress.Reset();
        if (after >= last)
        {
            return (0, true);
        }

        var isCut = _pieceEnd.Bind(1, after).Bind(2, last).Bind(3, maxMessages - 1).TryNumber(out var end);
        end = isCut ? end : last;
        _add.Bind(1, after).Bind(2, end).Run();
        var added = _database.Changes;
        _save.Bind(1, MessageKey.NumberOf(end)).Bind(2, room).Run();
        return (added, end == last);
    }
}
