namespace Parley.Cluster.Links;

/// <summary>Result of looking for the next frame.</summary>
internal enum FrameResult
{
    /// <summary>It is there.</summary>
    Complete,

    /// <summary>More has to come.</summary>
    Incomplete,

    /// <summary>It is longer than it may be.</summary>
    TooLong,
}
