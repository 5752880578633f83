namespace Parley.Core.History;

/// <summary>One page of what a search finds: all that matches up to its end, so none is lost between pages.</summary>
/// <param name="Entries">The messages, in the order that the search asks for.</param>
/// <param name="StoppedAt">
/// Where a store has stopped that had looked at as many messages as one read may: the number of the last one. Null if it found as
/// many as were wanted, or looked at everything.
/// </param>
public sealed record SearchPage(IReadOnlyList<HistoryEntry> Entries, long? StoppedAt = null)
{
    /// <summary>A page without a message, and none to come.</summary>
    public static SearchPage Empty { get; } = new([]);
}
