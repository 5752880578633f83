using Parley.Core.History;
using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Notes under which names the ends of conversations were known, so that they are found by these, too.</summary>
internal sealed class Correspondents(Database database) : IDisposable
{
    // Some 100 bytes each.
    private const int MaxKnown = 20_000;

    private readonly HashSet<(long Room, UserName Name)> _known = [];
    private readonly Statement _add = database.Prepare("INSERT OR IGNORE INTO correspondent (name, room) VALUES (?, ?)");

    /// <summary>Notes the names of both ends of a direct message, in the transaction under way.</summary>
    public void Name(long room, in HistoryEntry entry)
    {
        Name(room, entry.Author);
        Name(room, entry.Recipient);

        // An account by whose number nothing is known is found by its name: in what was kept before numbers were.
        Name(room, entry.AuthorId.IsUnknown ? entry.Account : default);
        Name(room, entry.RecipientId.IsUnknown ? entry.RecipientAccount : default);
    }

    /// <summary>After a transaction that was not to be.</summary>
    public void Forget() => _known.Clear();

    public void Dispose() => _add.Dispose();

    private void Name(long room, UserName name)
    {
        if (_known.Count >= MaxKnown)
        {
            _known.Clear();
        }

        if (!name.IsEmpty && _known.Add((room, name)))
        {
            _add.Bind(1, name.Key).Bind(2, room).Run();
        }
    }
}
