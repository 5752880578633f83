namespace Parley.Core.Events;

/// <summary>Mark by which a message that a node of a cluster sends again is recognised: whoever has kept it keeps no second one.</summary>
/// <param name="Node">Generation of the node; 0 for none.</param>
/// <param name="Counter">The node's own count of what it has sent.</param>
public readonly record struct PostOrigin(long Node, long Counter)
{
    /// <summary>True where there is no cluster, or nothing is ever sent again.</summary>
    public bool IsNone => Node == 0;
}
