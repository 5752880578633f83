namespace Parley.ClusterCheck.Faults;

/// <summary>What can go wrong in a round.</summary>
internal enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The home is killed.</summary>
    KillHome,

    /// <summary>Another node is killed.</summary>
    KillOther,

    /// <summary>The home stands still for a while.</summary>
    FreezeHome,

    /// <summary>Another node stands still for a while.</summary>
    FreezeOther,

    /// <summary>The home is told to stop, as for an upgrade.</summary>
    StopHome,

    /// <summary>The home reaches the database and no other node.</summary>
    CutHomeFromNodes,

    /// <summary>Another node reaches the database and no other node.</summary>
    CutOtherFromNodes,

    /// <summary>The home reaches all nodes and not the database.</summary>
    CutHomeFromDatabase,

    /// <summary>Another node reaches all nodes and not the database.</summary>
    CutOtherFromDatabase,

    /// <summary>The home reaches nobody but its people.</summary>
    IsolateHome,

    /// <summary>Another node reaches nobody but its people.</summary>
    IsolateOther,

    /// <summary>The database stands still for a while.</summary>
    FreezeDatabase,

    /// <summary>The database is stopped, and started after a while.</summary>
    StopDatabase,

    /// <summary>The database is ended at once, as by a crash, and started again.</summary>
    CrashDatabase,

    /// <summary>The database ends the connections of all nodes, several times.</summary>
    CutConnections,
}
