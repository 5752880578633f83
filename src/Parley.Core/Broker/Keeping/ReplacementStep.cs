using Parley.Core.Broker.Sessions;
using Parley.Core.History;
using Parley.Core.Intentions;

namespace Parley.Core.Broker.Keeping;

/// <summary>A direct message that its author takes away: it is gone from history before anybody is told.</summary>
internal sealed class ReplacementStep(Session by, HistoryEntry replacement, Action tell) : LaneStep(by)
{
    public override void AddEntries(List<HistoryEntry> entries) => entries.Add(replacement);

    public override void Apply(Publication publication) => tell();

    public override void Refuse(Publication publication) => Outcome = Verdict.HistoryFails;
}
