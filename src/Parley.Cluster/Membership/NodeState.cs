namespace Parley.Cluster.Membership;

/// <summary>State of a node in the table.</summary>
public enum NodeState : short
{
    /// <summary>It takes part.</summary>
    Active = 0,

    /// <summary>It takes part, and is never home again.</summary>
    Draining = 1,

    /// <summary>It has ended by itself.</summary>
    Left = 2,

    /// <summary>Others have found it dead; whatever it still does, it is no part of the cluster any more.</summary>
    Dead = 3,
}
