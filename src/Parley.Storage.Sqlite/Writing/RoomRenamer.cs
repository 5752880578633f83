using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>
/// Gives rooms other names, and sets aside what is kept under a name that another room takes. The caller has a transaction under way,
/// and MUST forget what it knows of rooms by their names.
/// </summary>
internal sealed class RoomRenamer : IDisposable
{
    private readonly Statement _find;
    private readonly Statement _rename;
    private readonly Statement _add;
    private readonly Statement _saveNumber;

    public RoomRenamer(Database database)
    {
        _find = database.Prepare("SELECT id, name, last_number FROM room WHERE key = ?");
        _rename = database.Prepare("UPDATE room SET name = ?, key = ? WHERE id = ?");
        _add = database.Prepare("INSERT INTO room (name, key, last_number) VALUES (?, ?, ?)");
        _saveNumber = database.Prepare("UPDATE room SET last_number = ? WHERE id = ?");
    }

    /// <summary>Renames a room, under whose old name another one begins, behind its numbers.</summary>
    /// <param name="room">The room's id.</param>
    /// <param name="lastNumber">Its last number, that of the renaming.</param>
    /// <param name="oldName">Its name.</param>
    /// <param name="newName">The name that it takes, which is another one.</param>
    public void Rename(long room, long lastNumber, RoomName oldName, RoomName newName)
    {
        if (_find.Bind(1, newName.Key).Step())
        {
            var (aside, name) = (_find.Number(0), _find.Text(1));
            lastNumber = Math.Max(lastNumber, _find.Number(2));
            _find.Reset();
            _rename.Bind(1, AsideName.Of(name, aside)).Bind(2, AsideName.Of(newName.Key, aside)).Bind(3, aside).Run();
        }

        _find.Reset();
        _rename.Bind(1, newName.Value).Bind(2, newName.Key).Bind(3, room).Run();
        _saveNumber.Bind(1, lastNumber).Bind(2, room).Run();
        _add.Bind(1, oldName.Value).Bind(2, oldName.Key).Bind(3, lastNumber).Run();
    }

    public void Dispose()
    {
        _find.Dispose();
        _rename.Dispose();
        _add.Dispose();
        _saveNumber.Dispose();
    }
}
