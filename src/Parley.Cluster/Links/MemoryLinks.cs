using Parley.Cluster.Membership;

namespace Parley.Cluster.Links;

/// <summary>Links within one process, for tests and trials: as those over TLS, but for the network.</summary>
public static class MemoryLinks
{
    /// <summary>A link between two nodes, as each of them has it.</summary>
    /// <param name="one">A node, whose end is the first of the result.</param>
    /// <param name="other">The other.</param>
    /// <param name="acceptOne">Takes the first end: what comes over it goes to the result.</param>
    /// <param name="acceptOther">Takes the other end.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="time">Time.</param>
    public static (NodeLink One, NodeLink Other) Create(
        ClusterNode one,
        ClusterNode other,
        Func<NodeLink, IFrameReader> acceptOne,
        Func<NodeLink, IFrameReader> acceptOther,
        LinkOptions? options = null,
        TimeProvider? time = null)
    {
        var (first, second) = LinkTransport.Pair();
        var ends = (One: new NodeLink(other, first, options ?? new(), time ?? TimeProvider.System), Other: new NodeLink(one, second, options ?? new(), time ?? TimeProvider.System));
        ends.One.Start(acceptOne(ends.One));
        ends.Other.Start(acceptOther(ends.Other));
        return ends;
    }
}
