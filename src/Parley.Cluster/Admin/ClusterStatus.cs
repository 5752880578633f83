using Parley.Cluster.Membership;

namespace Parley.Cluster.Admin;

/// <summary>A cluster, as its tables have it.</summary>
/// <param name="Term">The last term that began; 0 if none did.</param>
/// <param name="Nodes">Nodes that take part, by name.</param>
public sealed record ClusterStatus(long Term, IReadOnlyList<NodeStatus> Nodes);
