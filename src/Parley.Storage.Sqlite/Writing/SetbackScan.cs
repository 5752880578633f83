using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>
/// Looks through rooms for places where time goes back, in pieces behind everything else: what was imported, and files of an earlier Parley.
/// Until it has come to them, reading by time and retention take a room's times for those of one clock.
/// </summary>
internal sealed class SetbackScan : IDisposable
{
    private const int PieceMessages = 1_000;

    private readonly Database _database;
    private readonly Statement _unsorted;
    private readonly Statement _ahead;
    private readonly Statement _piece;
    private readonly Statement _forget;
    private readonly Statement _note;
    private readonly Statement _save;
    private readonly Statement _finish;
    private bool _isDone;

    public SetbackScan(Database database)
    {
        const string Placed = "SELECT place.key, message.time FROM place CROSS JOIN message ON message.id = place.message WHERE place.key >= ?1 AND place.key < ?2 ORDER BY place.key";
        _database = database;
        _unsorted = database.Prepare("SELECT room, next FROM unsorted LIMIT 1");
        _ahead = database.Prepare($"{Placed} DESC LIMIT 1");
        _piece = database.Prepare($"{Placed} LIMIT {PieceMessages}");
        _forget = database.Prepare("DELETE FROM setback WHERE key >= ? AND key <= ?");
        _note = database.Prepare("INSERT INTO setback (key, before, time) VALUES (?, ?, ?)");
        _save = database.Prepare("UPDATE unsorted SET next = ? WHERE room = ?");
        _finish = database.Prepare("DELETE FROM unsorted WHERE room = ?");
    }

    /// <summary>Does one piece of what is in place; the result is whether there is more.</summary>
    public bool Step()
    {
        if (_isDone)
        {
            return false;
        }

        using var transaction = new Transaction(_database);
        if (!_unsorted.Step())
        {
            _isDone = true;
            return false;
        }

        var (room, next) = (_unsorted.Number(0), _unsorted.Number(1));
        _unsorted.Reset();
        var (read, last) = Look(room, MessageKey.Of(room, next));
        if (read < PieceMessages)
        {
            _finish.Bind(1, room).Run();
        }
        else
        {
            _save.Bind(1, MessageKey.NumberOf(last) + 1).Bind(2, room).Run();
        }

        transaction.Commit();
        return true;
    }

    public void Dispose()
    {
        _unsorted.Dispose();
        _ahead.Dispose();
        _piece.Dispose();
        _forget.Dispose();
        _note.Dispose();
        _save.Dispose();
        _finish.Dispose();
    }

    /// <summary>Notes the setbacks of one piece; the result is how many messages it has, and the key of the last.</summary>
    private (int Read, long Last) Look(long room, long first)
    {
        var before = _ahead.Bind(1, MessageKey.Of(room, 0)).Bind(2, first).Step() ? _ahead.Number(1) : 0;
        _ahead.Reset();
        var (read, last) = (0, 0L);
        var setbacks = new List<(long Key, long Before, long Time)>();
        _piece.Bind(1, first).Bind(2, MessageKey.Of(room + 1, 0));
        while (_piece.Step())
        {
            (last, var time) = (_piece.Number(0), _piece.Number(1));
            if (time < before)
            {
                setbacks.Add((last, before, time));
            }

            (before, read) = (time, read + 1);
        }

        _forget.Bind(1, first).Bind(2, last).Run();
        foreach (var (key, ahead, time) in setbacks)
        {
            _note.Bind(1, key).Bind(2, ahead).Bind(3, time).Run();
        }

        return (read, last);
    }
}
