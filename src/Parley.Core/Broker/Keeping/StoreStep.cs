using Parley.Core.Intentions;

namespace Parley.Core.Broker.Keeping;

/// <summary>A place in the lane behind which everything is kept that was decided before; it is refused while the store fails.</summary>
internal sealed class StoreStep : LaneStep
{
    public StoreStep()
        : base(by: null)
        => NeedsStore = true;

    public override void Apply(Publication publication)
    {
    }

    public override void Refuse(Publication publication) => Outcome = Verdict.HistoryFails;
}
