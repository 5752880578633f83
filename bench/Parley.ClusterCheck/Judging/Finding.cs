namespace Parley.ClusterCheck.Judging;

/// <summary>Something that must not be.</summary>
/// <param name="Kind">What was promised.</param>
/// <param name="Description">Where it did not hold.</param>
internal sealed record Finding(FindingKind Kind, string Description);
