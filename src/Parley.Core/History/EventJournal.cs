using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.History;

/// <summary>Has the recorder keep what happens in rooms, behind what it has in hand. Nobody waits for that.</summary>
internal sealed class EventJournal(Recorder recorder) : IEventJournal
{
    public void Add(Room room, RoomEvent entry)
    {
        if (room.Numbers is { } numbers && EventEntry.IsKept(entry))
        {
            recorder.TryAdd(new EventRecording(room, numbers, entry), out _);
        }
    }
}
