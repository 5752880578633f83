using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;

namespace Parley.Core.Broker.Timeline;

/// <summary>A message to a room, on its way.</summary>
/// <param name="session">The author's session.</param>
/// <param name="place">The session's place in the room; null if it is no member.</param>
/// <param name="room">The room.</param>
/// <param name="message">The message, as it was decided.</param>
/// <param name="sample">Is told when it is kept and published; null unless this one is followed.</param>
internal sealed class MessageStep(Session session, RoomPlace? place, RoomTimeline room, MessagePosted message, DeliverySample? sample) : LaneStep(session, room)
{
    public RoomPlace? Place => place;

    /// <summary>The message; once it was applied, as it was shown.</summary>
    public MessagePosted Message { get; set; } = message;

    public DeliverySample? Sample => sample;

    private RoomTimeline Room => (RoomTimeline)Target!;

    public override int Bytes => Message.Text.Length + Message.Draft.Tags.Length + 100;

    public override void AddEntries(List<HistoryEntry> entries)
    {
        var message = Message;
        if (message.IsKept)
        {
            entries.Add(HistoryEntry.Of(Room.FiledAs, message.Number, message.Time, message.Actor, default, message.Draft) with { Life = message.Life });
        }
    }

    public override void Apply(Publication publication) => Room.Apply([this], publication);

    public override void ApplyAll(ReadOnlySpan<LaneStep> steps, Publication publication) => Room.Apply(steps, publication);

    public override void Refuse(Publication publication)
    {
        if (Message.IsKept)
        {
            Room.Drop(this);
            By!.Tell(new NotKept(Message.Text));
            Outcome = Verdict.HistoryFails;
        }
        else
        {
            Apply(publication);
        }
    }
}
