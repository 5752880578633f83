namespace Parley.ClusterCheck.Records;

/// <summary>What a row of history is, by the number in its column.</summary>
internal enum KeptKind
{
    /// <summary>Something said.</summary>
    Text = 0,

    /// <summary>Somebody came into the room; the text is its real name, which each connection of a run has to itself.</summary>
    Joined = 16,

    /// <summary>Somebody left the room; the text is why.</summary>
    Left = 17,
}
