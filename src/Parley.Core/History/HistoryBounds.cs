namespace Parley.Core.History;

/// <summary>Bounds of the numbers and times that entries of history may have, wherever they come from.</summary>
public static class HistoryBounds
{
    /// <summary>A room has no number above this: a thousand messages a second for two years.</summary>
    public const long MaxNumber = (1L << 36) - 1;

    /// <summary>An import has no number above this: whoever speaks in the room afterwards has to be given the next ones.</summary>
    public const long MaxImportedNumber = MaxNumber / 2;

    /// <summary>Later times are nobody's: what comes after a message is of its time or later, and there would be no more.</summary>
    public static readonly DateTimeOffset MaxTime = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Time by which an imported message may be ahead of the clock.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    /// <summary>Null for an entry that may be imported; or what is wrong with it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">The time, UTC.</param>
    public static string? Refusal(in HistoryEntry entry, DateTimeOffset now) => entry switch
    {
        { Number: < 1 or > MaxImportedNumber } => $"number {entry.Number} is not one from 1 to {MaxImportedNumber}",
        _ when entry.Time < DateTimeOffset.UnixEpoch => $"time {entry.Time:u} is before 1970",
        _ when entry.Time > now + MaxAhead => $"time {entry.Time:u} is yet to come: messages that are said now would have it, too",
        _ => null,
    };
}
