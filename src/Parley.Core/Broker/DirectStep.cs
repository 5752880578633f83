using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>A direct message that was decided: to whom, in which order.</summary>
/// <param name="session">The author's session.</param>
/// <param name="messages">What each recipient is sent.</param>
/// <param name="missing">Those who were not here when it was decided.</param>
/// <param name="directs">Delivers.</param>
/// <param name="sample">Is told when it is kept and published; null unless this one is followed.</param>
internal sealed class DirectStep(
    Session session,
    IReadOnlyList<DirectPost> messages,
    List<UserName>? missing,
    DirectDelivery directs,
    DeliverySample? sample) : LaneStep(session)
{
    public Session Author => By!;

    public IReadOnlyList<DirectPost> Messages => messages;

    public DeliverySample? Sample => sample;

    /// <summary>Those who did not get it; complete once it was delivered.</summary>
    public List<UserName>? Missing { get; set; } = missing;

    /// <summary>Those whose owners had left when it was delivered; null for none.</summary>
    public List<DirectPost>? Unread { get; set; }

    /// <summary>True once it was delivered, and kept if it had to be.</summary>
    public bool IsDelivered { get; private set; }

    public override int Bytes => messages is [{ Message: var first }, ..] ? first.Text.Length + first.Draft.Tags.Length + 100 : 100;

    public override void AddEntries(List<HistoryEntry> entries)
    {
        foreach (var post in messages)
        {
            if (post.Message is { IsKept: true } message)
            {
                var entry = HistoryEntry.Of(default, message.Number, message.Time, message.From, message.To, message.Draft);
                entries.Add(entry with { RecipientAccount = post.To?.Profile.Account ?? post.Away!.Name, RecipientId = post.Identity });
            }
        }
    }

    public override void Apply(Publication publication)
    {
        sample?.Kept();
        directs.Deliver(this);
        IsDelivered = true;
    }

    public override void Refuse(Publication publication)
    {
        if (messages is [{ Message: { IsKept: true } first }, ..])
        {
            Author.Tell(new NotKept(first.Text));
        }
        else
        {
            Apply(publication);
        }
    }
}
