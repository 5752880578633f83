namespace Parley.Core.Delivery;

/// <summary>Gives a reader that fell behind what it missed, from where it was kept.</summary>
internal interface ICatchUp
{
    /// <summary>Fills a hole with what was missed, and closes it. Called under an outbox's gate: MUST NOT block, and does its work elsewhere.</summary>
    void Begin(OutboxHole hole, IReadOnlyList<MissedRange> missed);
}
