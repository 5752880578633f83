namespace Parley.ClusterCheck.Faults;

/// <summary>What goes wrong in a round.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Duration">How long it lasts.</param>
/// <param name="Choice">Chooses the node, where it is not the home, and what clients there do.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan Duration, int Choice);
