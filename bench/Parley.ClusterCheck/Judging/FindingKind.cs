namespace Parley.ClusterCheck.Judging;

/// <summary>What a cluster promises and has not held.</summary>
internal enum FindingKind
{
    /// <summary>A message was acknowledged, or shown to somebody, and is not in history.</summary>
    Lost,

    /// <summary>A message is in history twice, or was shown to somebody twice.</summary>
    Doubled,

    /// <summary>A message has another place for somebody than in history, or than its author or the time of its acknowledgement say.</summary>
    Reordered,

    /// <summary>A message was not shown to somebody who was there all the time, and nobody said so.</summary>
    Missed,

    /// <summary>A message was neither acknowledged nor refused, or was refused for no fault of its author's, while the connection lived on.</summary>
    NotServed,

    /// <summary>Two clients wore one name at the same time.</summary>
    NameTwice,

    /// <summary>Nodes do not agree who is in a room.</summary>
    ViewsDiffer,

    /// <summary>A node that was not home wrote, or two did under one term.</summary>
    TwoHomes,

    /// <summary>The cluster did not come back after a fault.</summary>
    NotHealed,
}
