using Parley.Core.Names;
using Parley.Storage.Sqlite.Engine;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>The rooms that were written to, by name, so that a message costs no look-up in the file.</summary>
internal sealed class RoomEntries : IDisposable
{
    // Direct messages have a room for each pair that ever wrote: not all of those are remembered.
    private const int MaxEntries = 50_000;

    // By name as it is spelled: one entry may have several. And by id, as they are the same then.
    private readonly Dictionary<string, RoomEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<long, RoomEntry> _byId = [];
    private readonly List<RoomEntry> _touched = [];
    private readonly Statement _find;
    private readonly Statement _add;
    private readonly Statement _save;

    public RoomEntries(Database database)
    {
        _find = database.Prepare("SELECT id, last_number FROM room WHERE key = ?");
        _add = database.Prepare("INSERT INTO room (name, key) VALUES (?, ?)");
        _save = database.Prepare("UPDATE room SET last_number = ? WHERE id = ?");
    }

    /// <summary>The room's entry, for one more message of the batch. A new room is part of the transaction under way.</summary>
    public RoomEntry Touch(RoomName room)
        => Touched(_entries.TryGetValue(room.Value, out var entry) ? entry : Load(room.Value, room.Key));

    /// <summary>The entry of a conversation, by the name that its ends make.</summary>
    public RoomEntry Touch(string conversation)
        => Touched(_entries.TryGetValue(conversation, out var entry) ? entry : Load(conversation, conversation));

    private RoomEntry Touched(RoomEntry entry)
    {
        if (!entry.IsTouched)
        {
            entry.IsTouched = true;
            _touched.Add(entry);
        }

        return entry;
    }

    /// <summary>Writes the last numbers of the batch's rooms.</summary>
    public void Save()
    {
        foreach (var entry in _touched)
        {
            entry.IsTouched = false;
            _save.Bind(1, entry.LastNumber).Bind(2, entry.Id).Run();
        }

        _touched.Clear();
        if (_entries.Count > MaxEntries)
        {
            _entries.Clear();
            _byId.Clear();
        }
    }

    /// <summary>After a transaction that was not to be: what is known is what the file says.</summary>
    public void Forget()
    {
        _entries.Clear();
        _byId.Clear();
        _touched.Clear();
    }

    public void Dispose()
    {
        _find.Dispose();
        _add.Dispose();
        _save.Dispose();
    }

    private RoomEntry Load(string name, string key)
    {
        _find.Bind(1, key);
        if (!_find.Step())
        {
            _add.Bind(1, name).Bind(2, key).Run();
            _find.Step();
        }

        // What the file says of a room that another spelling has is of before the batch.
        var entry = _byId.GetValueOrDefault(_find.Number(0)) ?? new RoomEntry(_find.Number(0), _find.Number(1));
        _find.Reset();
        _byId[entry.Id] = entry;
        _entries.Add(name, entry);
        return entry;
    }
}
