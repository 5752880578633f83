using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Reading;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Notes where time goes back in a room, as messages are appended to it. The caller has a transaction under way.</summary>
/// <remarks>A server's own messages never go back: for them this is one comparison in memory.</remarks>
internal sealed class SetbackNotes : IDisposable
{
    private readonly RecentMessages _recent;
    private readonly Statement _lastPlaced;
    private readonly Statement _note;

    public SetbackNotes(Database database, RecentMessages recent)
    {
        _recent = recent;
        _lastPlaced = database.Prepare(
            """
            SELECT message.time FROM place CROSS JOIN message ON message.id = place.message
            WHERE place.key >= ? AND place.key < ? ORDER BY place.key DESC LIMIT 1
            """);
        _note = database.Prepare("INSERT OR REPLACE INTO setback (key, before, time) VALUES (?, ?, ?)");
    }

    /// <summary>A room's next message, in the order of numbers.</summary>
    /// <param name="room">The room.</param>
    /// <param name="number">The message's number.</param>
    /// <param name="time">Its time, as the file has it.</param>
    /// <param name="written">What the batch under way has written so far.</param>
    public void Add(RoomEntry room, long number, long time, List<(long Room, RecentMessage Message)> written)
    {
        var last = room.LastTime ?? LastTime(room.Id, written);
        if (time < last)
        {
            _note.Bind(1, MessageKey.Of(room.Id, number)).Bind(2, last).Bind(3, time).Run();
        }

        room.LastTime = time;
    }

    public void Dispose()
    {
        _lastPlaced.Dispose();
        _note.Dispose();
    }

    private long LastTime(long room, List<(long Room, RecentMessage Message)> written)
    {
        var index = written.FindLastIndex(message => message.Room == room);
        if (index >= 0)
        {
            return written[index].Message.Time;
        }

        if (_recent.Of(room) is [.., var last])
        {
            return last.Time;
        }

        return _lastPlaced.Bind(1, MessageKey.Of(room, 0)).Bind(2, MessageKey.Of(room + 1, 0)).TryNumber(out var time) ? time : 0;
    }
}
