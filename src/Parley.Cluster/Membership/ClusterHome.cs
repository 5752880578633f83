namespace Parley.Cluster.Membership;

/// <summary>The node that decides for all, under its term.</summary>
/// <param name="Term">The term, which no other home has had or will have; what is written names it.</param>
/// <param name="Generation">Generation of the node.</param>
public readonly record struct ClusterHome(long Term, long Generation);
