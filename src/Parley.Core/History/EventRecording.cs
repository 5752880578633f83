using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.History;

/// <summary>
/// Something that has happened in a room, on its way into history only: those who were there have been shown it. So it may
/// stand behind a message there that they were shown after it.
/// </summary>
internal sealed class EventRecording(Room room, RoomNumbers numbers, RoomEvent entry) : Recording
{
    private long _number;

    public override int Bytes => 200;

    public override void Describe(List<HistoryEntry> entries, DateTimeOffset time)
    {
        if (numbers.Events.TrySpend(time))
        {
            _number = numbers.Next();
            entries.Add(EventEntry.Of(entry, numbers.Room, _number, time));
        }
    }

    public override void Publish(Publication publication)
    {
        if (_number > 0 && room.Numbers == numbers)
        {
            room.Reach(_number);
        }
    }

    public override void Refuse()
    {
    }
}
