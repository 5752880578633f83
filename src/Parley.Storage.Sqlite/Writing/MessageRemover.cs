using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Removes messages, from the search index too. The caller has a transaction under way.</summary>
internal sealed class MessageRemover : IDisposable
{
    private readonly Database _database;
    private readonly Statement _indexed;
    private readonly Statement _unindex;
    private readonly Statement _message;
    private readonly Statement _direct;

    public MessageRemover(Database database)
    {
        _database = database;
        const string Which = "FROM message WHERE id >= ?1 AND id <= ?2 AND (?3 = '' OR author = ?3)";
        _indexed = database.Prepare("SELECT indexed_number FROM room WHERE id = ?");
        _unindex = database.Prepare(
            $"INSERT INTO message_index (message_index, rowid, text) SELECT 'delete', id, text {Which} ORDER BY id");
        _message = database.Prepare($"DELETE {Which}");
        _direct = database.Prepare("DELETE FROM direct WHERE id >= ?1 AND id <= ?2 AND (?3 = '' OR author = ?3)");
    }

    /// <summary>Removes what lies between two keys of one room, both included; the result is how many that were.</summary>
    /// <param name="first">The lowest key.</param>
    /// <param name="last">The highest key.</param>
    /// <param name="author">Only this user's; empty for all.</param>
    public int Remove(long first, long last, string author = "")
    {
        var room = MessageKey.RoomOf(first);
        if (room > 0)
        {
            // What the index was never given MUST NOT be taken from it: that would damage it.
            _indexed.Bind(1, room).TryNumber(out var indexed);
            _unindex.Bind(1, first).Bind(2, Math.Min(last, MessageKey.Of(room, indexed))).Bind(3, author).Run();
        }

        (room > 0 ? _message : _direct).Bind(1, first).Bind(2, last).Bind(3, author).Run();
        return _database.Changes;
    }

    public void Dispose()
    {
        _indexed.Dispose();
        _unindex.Dispose();
        _message.Dispose();
        _direct.Dispose();
    }
}
