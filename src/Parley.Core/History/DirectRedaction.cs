using Parley.Core.Broker;
using Parley.Core.Events;

namespace Parley.Core.History;

/// <summary>A direct message that its author takes away.</summary>
internal sealed class DirectRedaction(LocalBroker broker, Actor by, HistoryEntry entry, string reason, TimeProvider time)
    : Redaction(by, entry, reason)
{
    private readonly (Actor By, HistoryEntry Entry, string Reason) _it = (by, entry, reason);

    protected override void Tell() => broker.TellRedacted(
        new DirectRedacted(time.GetUtcNow(), _it.By, _it.Entry.Recipient, _it.Entry.Number, _it.Reason), _it.Entry);
}
