namespace Parley.Cli.Load;

/// <summary>Position of a message on arrival, compared with earlier arrivals from the same sender.</summary>
internal enum Sighting
{
    /// <summary>As the next one.</summary>
    InOrder,

    /// <summary>Others that should be before it are missing, for now.</summary>
    AfterGap,

    /// <summary>It was missing, and comes after one that was said later: reordered.</summary>
    Late,

    /// <summary>It was seen before: duplicated.</summary>
    Again,
}
