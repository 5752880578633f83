namespace Parley.ClusterCheck.Talking;

/// <summary>What clients do.</summary>
internal enum StepKind
{
    /// <summary>Says something in a room that it is in.</summary>
    Post,

    /// <summary>Says something to another client.</summary>
    Direct,

    /// <summary>Leaves a room that it is in, or comes into it where it is not.</summary>
    Move,

    /// <summary>Takes another name.</summary>
    Rename,

    /// <summary>Hangs up, and comes back.</summary>
    Return,
}
