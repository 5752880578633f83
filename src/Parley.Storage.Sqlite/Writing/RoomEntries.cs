using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>The rooms that were written to, by name, so that a message costs no look-up in the file.</summary>
internal sealed class RoomEntries : IDisposable
{
    private readonly Dictionary<RoomName, RoomEntry> _entries = [];
    private readonly List<RoomEntry> _touched = [];
    private readonly Statement _find;
    private readonly Statement _add;
    private readonly Statement _save;

    public RoomEntries(Database database)
    {
        _find = database.Prepare("SELECT id, last_number FROM room WHERE name = ?");
        _add = database.Prepare("INSERT INTO room (name) VALUES (?)");
        _save = database.Prepare("UPDATE room SET last_number = ? WHERE id = ?");
    }

    /// <summary>The room's entry, for one more message of the batch. A new room is part of the transaction under way.</summary>
    public RoomEntry Touch(RoomName room)
    {
        if (!_entries.TryGetValue(room, out var entry))
        {
            entry = Load(room);
            _entries.Add(room, entry);
        }

        if (!entry.IsTouched)
        {
            entry.IsTouched = true;
            _touched.Add(entry);
        }

        return entry;
    }

    /// <summary>Writes the last numbers of the batch's rooms, and gives their ids.</summary>
    public long[] Save()
    {
        foreach (var entry in _touched)
        {
            entry.IsTouched = false;
            _save.Bind(1, entry.LastNumber).Bind(2, entry.Id).Run();
        }

        long[] ids = [.. _touched.Select(entry => entry.Id)];
        _touched.Clear();
        return ids;
    }

    /// <summary>After a transaction that was not to be: what is known is what the file says.</summary>
    public void Forget()
    {
        _entries.Clear();
        _touched.Clear();
    }

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _save.Dispose();
    }

    private RoomEntry Load(RoomName room)
    {
        _find.Bind(1, room.Value);
        if (!_find.Step())
        {
            _add.Bind(1, room.Value).Run();
            _find.Step();
        }

        var entry = new RoomEntry(_find.Number(0), _find.Number(1));
        _find.Reset();
        return entry;
    }
}
