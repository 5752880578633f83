using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.History;

/// <summary>Which messages of a room to read. What is read comes in the order of numbers, and never more than <see cref="Limit"/>.</summary>
/// <remarks>Bounds of time are about each message's own time, which MAY run backwards along the numbers.</remarks>
/// <param name="Room">The room.</param>
public sealed record HistoryQuery(RoomName Room)
{
    /// <summary>Only numbers above this one.</summary>
    public long After { get; init; }

    /// <summary>Only numbers below this one.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>Only messages at this time or later; null for any.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only messages earlier than this time; null for any.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what this user wrote; empty for anybody.</summary>
    public UserName Author { get; init; }

    /// <summary>The life of the room that the reader is in: of what is kept with a life, only what is kept with this one is read.</summary>
    public RoomLife Life { get; init; }

    /// <summary>True if what was not said in words is meant, too: reactions, who came and went, what was taken away.</summary>
    public bool IncludesEvents { get; init; }

    /// <summary>At most so many, of those the newest unless <see cref="Oldest"/>.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>True if, of more entries than <see cref="Limit"/>, the oldest are wanted.</summary>
    public bool Oldest { get; init; }

    /// <summary>Of things with a time, those that are meant, oldest first.</summary>
    public IReadOnlyList<T> Choose<T>(IEnumerable<T> all, Func<T, DateTimeOffset> timeOf)
    {
        var ordered = all.Where(each => !(timeOf(each) < Since) && !(timeOf(each) >= Until)).OrderBy(timeOf);
        return Oldest ? [.. ordered.Take(Limit)] : [.. ordered.TakeLast(Limit)];
    }

    /// <summary>Of what was read for the same query from several conversations, the entries that are meant, oldest first.</summary>
    public static IReadOnlyList<HistoryEntry> Merge(IEnumerable<IReadOnlyList<HistoryEntry>> pages, HistoryQuery query)
    {
        var ordered = pages.SelectMany(page => page).OrderBy(entry => entry.Number);
        return query.Oldest ? [.. ordered.Take(query.Limit)] : [.. ordered.TakeLast(query.Limit)];
    }

    /// <summary>The entry of one number, whatever it is.</summary>
    public static HistoryQuery One(RoomName room, long number)
        => new(room) { After = number - 1, Before = number + 1, Limit = 1, IncludesEvents = true };
}
