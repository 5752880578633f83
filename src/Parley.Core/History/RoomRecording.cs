using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.History;

/// <summary>A message to a room, on its way.</summary>
/// <param name="session">The author's session.</param>
/// <param name="author">The author.</param>
/// <param name="place">The session's place in the room; null if it is no member.</param>
/// <param name="room">The room.</param>
/// <param name="draft">What is said.</param>
/// <param name="sample">Is told when it is kept and published; null unless this one is followed.</param>
internal sealed class RoomRecording(Session session, User author, Subscription? place, Room room, MessageDraft draft, DeliverySample? sample) : Recording
{
    private DateTimeOffset _time;
    private RoomNumbers? _numbers;
    private long _number;

    public override int Bytes => draft.Text.Length + draft.Tags.Length + 100;

    public override void Describe(List<HistoryEntry> entries, DateTimeOffset time)
    {
        _time = time;
        if (draft.IsKept && room.Numbers is { } numbers)
        {
            // Under the name that the number is of, which the room may give up at any moment; spelled as the room has it.
            var name = room.Name;
            (_numbers, _number) = (numbers, numbers.Next());
            numbers.Events.Earn();
            entries.Add(HistoryEntry.Of(name == numbers.Room ? name : numbers.Room, _number, time, author.Actor, default, draft));
        }
    }

    public override void Publish(Publication publication)
    {
        sample?.Kept();
        author.Spoke(_time);
        if (room.TakeIn(place, author.Actor, draft, _numbers, _number, _time, sample, out var wait) is not (Verdict.Accepted or Verdict.Stopping))
        {
            // It was put out of the room, or silenced, while this was being kept.
            session.TellSilenced(room.Name, draft.Text);
        }

        room.ExpectNoMore(Bytes);
        session.Unsettled!.End();
        publication.Add(room, wait);
    }

    public override void Refuse()
    {
        session.TellRefused(draft.Text);
        room.ExpectNoMore(Bytes);
        session.Unsettled!.End();
    }
}
