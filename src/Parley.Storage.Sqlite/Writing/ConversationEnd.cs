using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Notes which message of a conversation is the last. The caller has a transaction under way.</summary>
internal sealed class ConversationEnd : IDisposable
{
    private readonly Statement _save;

    public ConversationEnd(Database database) => _save = database.Prepare(
        "UPDATE room SET last_time = ?1, last_message = ?2 WHERE id = ?3 AND last_time <= ?1");

    /// <summary>Notes a direct message, unless a later one is known, or it says nothing in words.</summary>
    public void Note(in HistoryEntry entry, long room, long id)
    {
        if (entry.Room.IsEmpty && entry.Kind.HasWords())
        {
            _save.Bind(1, StoredTime.Of(entry.Time)).Bind(2, id).Bind(3, room).Run();
        }
    }

    public void Dispose() => _save.Dispose();
}
