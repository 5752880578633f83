using System.Collections.Immutable;

namespace Parley.Cluster.Membership;

/// <summary>The cluster as a node has last read it.</summary>
/// <param name="Self">The node that reads.</param>
/// <param name="Nodes">Nodes that take part, itself among them, by generation.</param>
/// <param name="Home">Who decides; null while nobody does.</param>
/// <param name="Successor">Node that the home is to make place for; null if for none.</param>
public sealed record ClusterView(ClusterNode Self, ImmutableSortedDictionary<long, ClusterNode> Nodes, ClusterHome? Home, ClusterNode? Successor)
{
    /// <summary>The node that is home; null while none is.</summary>
    public ClusterNode? HomeNode => Home is { } home ? Nodes.GetValueOrDefault(home.Generation) : null;

    /// <summary>True if the node that reads is home.</summary>
    public bool IsHome => Home?.Generation == Self.Generation;

    /// <summary>True if two views tell the same.</summary>
    public bool Tells(ClusterView other)
        => Self == other.Self && Home == other.Home && Successor == other.Successor && Nodes.Values.SequenceEqual(other.Nodes.Values);
}
