using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Removes messages with all that leads to them. The caller has a transaction under way.</summary>
internal sealed class MessageRemover : IDisposable
{
    private readonly Statement _unindex;
    private readonly Statement _displace;
    private readonly Statement _remove;

    public MessageRemover(Database database)
    {
        _unindex = PrepareUnindex(database);
        _displace = database.Prepare("DELETE FROM place WHERE key = ?");
        _remove = database.Prepare("DELETE FROM message WHERE id = ?");
    }

    /// <summary>
    /// Takes a message's terms from the index, by its key. The index takes them back by the same text that it was given, so
    /// this comes before that is changed; and what it was never given it is not asked for.
    /// </summary>
    public static Statement PrepareUnindex(Database database) => database.Prepare(
        "INSERT INTO message_index (message_index, rowid, terms) SELECT 'delete', key, terms FROM searched WHERE key = ?");

    /// <summary>Removes one message, by its key in its room and its id.</summary>
    public void Remove(long key, long id)
    {
        _unindex.Bind(1, key).Run();
        _displace.Bind(1, key).Run();
        _remove.Bind(1, id).Run();
    }

    public void Dispose()
    {
        _unindex.Dispose();
        _displace.Dispose();
        _remove.Dispose();
    }
}
