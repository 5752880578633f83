using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>
/// Puts messages of an earlier Parley into the search index, in pieces behind everything else, room by room. Until it is done,
/// searches miss those that it has not come to.
/// </summary>
internal sealed class IndexRenewal : IDisposable
{
    private const int PieceMessages = 500;

    private readonly Database _database;
    private readonly Statement _progress;
    private readonly Statement _pieceEnd;
    private readonly Statement _index;
    private readonly Statement _save;
    private readonly Statement _finish;
    private bool _isDone;

    public IndexRenewal(Database database)
    {
        _database = database;
        _progress = database.Prepare("SELECT reindexed, reindex_end FROM progress WHERE reindex_end > 0");
        _pieceEnd = database.Prepare(
            $"""
            SELECT max(key) FROM
                (SELECT place.key FROM place CROSS JOIN message ON message.id = place.message
                 WHERE place.key > ? AND message.id <= ? ORDER BY place.key LIMIT {PieceMessages})
            """);
        _index = database.Prepare(
            """
            INSERT INTO message_index (rowid, terms)
            SELECT place.key, search_terms(message.text, message.author)
            FROM place CROSS JOIN message ON message.id = place.message
            WHERE place.key > ? AND place.key <= ? AND message.id <= ? AND message.recipient IS NULL AND message.kind <= 2
            ORDER BY place.key
            """);
        _save = database.Prepare("UPDATE progress SET reindexed = ?");
        _finish = database.Prepare("UPDATE progress SET reindex_end = 0, reindexed = 0");
    }

    /// <summary>Does one piece; the result is whether there is more.</summary>
    public bool Step()
    {
        if (_isDone)
        {
            return false;
        }

        using var transaction = new Transaction(_database);
        if (!_progress.Step())
        {
            _isDone = true;
            return false;
        }

        var (after, lastId) = (_progress.Number(0), _progress.Number(1));
        _progress.Reset();
        if (_pieceEnd.Bind(1, after).Bind(2, lastId).TryNumber(out var end) && end > after)
        {
            _index.Bind(1, after).Bind(2, end).Bind(3, lastId).Run();
            _save.Bind(1, end).Run();
        }
        else
        {
            _finish.Run();
        }

        transaction.Commit();
        return true;
    }

    public void Dispose()
    {
        _progress.Dispose();
        _pieceEnd.Dispose();
        _index.Dispose();
        _save.Dispose();
        _finish.Dispose();
    }
}
