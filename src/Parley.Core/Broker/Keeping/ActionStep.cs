using Parley.Core.Broker.Sessions;
using Parley.Core.Intentions;

namespace Parley.Core.Broker.Keeping;

/// <summary>Something that keeps its place behind what a session has asked for before, and that nobody has to keep.</summary>
/// <param name="by">The session.</param>
/// <param name="action">What happens.</param>
/// <param name="after">The step that it belongs to: if that was refused, so is this. Null for none.</param>
internal sealed class ActionStep(Session? by, Action action, LaneStep? after = null) : LaneStep(by)
{
    public override void Apply(Publication publication)
    {
        if (after is { IsRefused: true })
        {
            Outcome = Verdict.RegistryFails;
            return;
        }

        action();
    }
}
