using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Sessions;

namespace Parley.Core.History;

/// <summary>A message to a room, on its way.</summary>
internal sealed class RoomRecording(Subscription place, User author, MessageKind kind, ReadOnlyMemory<byte> text, bool echo, DeliverySample? sample) : Recording
{
    private DateTimeOffset _time;
    private long _number;

    public override int Bytes => text.Length + 100;

    public override void Describe(List<HistoryEntry> entries, DateTimeOffset time)
    {
        _time = time;
        if (place.Room.Numbers is { } numbers)
        {
            _number = ++numbers.Last;
            entries.Add(new HistoryEntry(place.Room.Name, _number, time, author.Name, default, kind, text));
        }
    }

    public override void Publish(Publication publication)
    {
        sample?.Kept();
        place.Room.TakeIn(place, author.Id, kind, text, _number, _time, echo, sample, out var wait);
        place.Session.Unsettled!.End();
        publication.Add(place.Room, wait);
    }

    public override void Refuse()
    {
        place.Session.TellRefused(text);
        place.Session.Unsettled!.End();
    }
}
