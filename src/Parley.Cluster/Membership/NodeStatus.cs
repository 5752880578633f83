using Parley.Cluster.Membership;

namespace Parley.Cluster.Admin;

/// <summary>A node, as the tables have it.</summary>
/// <param name="Node">The node.</param>
/// <param name="HeartbeatAge">Time since its last sign of life, by the database's clock.</param>
/// <param name="IsHome">True if it is home.</param>
/// <param name="IsLate">True if its sign of life is overdue: others may take its place.</param>
public sealed record NodeStatus(ClusterNode Node, TimeSpan HeartbeatAge, bool IsHome, bool IsLate);
