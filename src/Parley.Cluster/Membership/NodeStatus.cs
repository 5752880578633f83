namespace Parley.Cluster.Membership;

/// <summary>A node, as the tables have it.</summary>
/// <param name="Node">The node.</param>
/// <param name="HeartbeatAge">Time since its last sign of life, by the database's clock.</param>
/// <param name="IsHome">True if it is home.</param>
/// <param name="IsLate">True if its sign of life is overdue: others may take its place.</param>
/// <param name="Sessions">Number of sessions of people that were open there at its last sign of life.</param>
public sealed record NodeStatus(ClusterNode Node, TimeSpan HeartbeatAge, bool IsHome, bool IsLate, int Sessions)
{
    /// <summary>A word for people and programs: <c>active</c>, <c>draining</c>, or <c>late</c> where its sign of life is overdue.</summary>
    public string State => IsLate ? "late" : Node.State == NodeState.Draining ? "draining" : "active";

    /// <summary>Nodes as they were read, by name.</summary>
    internal static IReadOnlyList<NodeStatus> Of(IEnumerable<(ClusterNode Node, TimeSpan Age, int Sessions)> read, long? home, TimeSpan late)
        => [.. read.OrderBy(each => each.Node.Name, StringComparer.OrdinalIgnoreCase).Select(each => new NodeStatus(
            each.Node, each.Age, IsHome: each.Node.Generation == home, IsLate: each.Age >= late, each.Sessions))];
}
