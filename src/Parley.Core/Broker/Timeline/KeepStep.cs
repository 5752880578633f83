using Parley.Core.Broker.Keeping;
using Parley.Core.Events;
using Parley.Core.History;

namespace Parley.Core.Broker.Timeline;

/// <summary>An event that was shown at once, as nothing else was on its way to its room, and is kept behind that. Nobody waits for it.</summary>
internal sealed class KeepStep(RoomTimeline room, RoomEvent entry) : LaneStep(by: null)
{
    public override void AddEntries(List<HistoryEntry> entries) => entries.Add(EventEntry.Of(entry) with { Room = room.FiledAs });

    public override void Apply(Publication publication)
    {
    }
}
