using Parley.Core.History;

namespace Parley.Server.Irc.History;

/// <summary>Which entries a sub-command of <c>CHATHISTORY</c> means (https://ircv3.net/specs/extensions/chathistory#subcommands).</summary>
/// <param name="target">What the history is of.</param>
/// <param name="limit">At most so many.</param>
/// <param name="includesEvents">Whether the client is shown what is no message.</param>
internal sealed class HistorySelection(HistoryTarget target, int limit, bool includesEvents)
{
    /// <summary>Pages that are read for one answer, at most.</summary>
    private const int MaxRounds = 10;

    /// <summary>Entries that are read at once where some of them may not count.</summary>
    private const int MinRead = 100;

    private HistoryQuery All => new(target.Room) { Limit = limit, IncludesEvents = includesEvents };

    /// <summary>The newest entries before a place.</summary>
    public ValueTask<HistoryPage> BeforeAsync(HistoryReference place, CancellationToken cancellationToken)
        => ReadAsync(UpTo(All, place), cancellationToken);

    /// <summary>The oldest entries behind a place.</summary>
    public ValueTask<HistoryPage> AfterAsync(HistoryReference place, CancellationToken cancellationToken)
        => ReadAsync(From(All, place) with { Oldest = true }, cancellationToken);

    /// <summary>The newest entries of all; none of them before a place.</summary>
    public ValueTask<HistoryPage> LatestAsync(HistoryReference place, CancellationToken cancellationToken)
        => ReadAsync(From(All, place), cancellationToken);

    /// <summary>The entry at a place, and as many before it as behind it: no end of anything.</summary>
    public async ValueTask<HistoryPage> AroundAsync(HistoryReference place, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(UpTo(All, place) with { Limit = (limit - 1) / 2 }, cancellationToken);
        var atOrAfter = place.Number is { } number ? All with { After = number - 1 } : All with { Since = place.Time };
        var after = await ReadAsync(atOrAfter with { Limit = limit - before.Entries.Count, Oldest = true }, cancellationToken);

        // By their times the two are apart; by their numbers they need not be, where a clock was set back.
        return new HistoryPage([.. before.Entries.Concat(after.Entries).OrderBy(entry => entry.Number)], IsEnd: false);
    }

    /// <summary>The entries between two places, counted from the first, be that the earlier one or the later.</summary>
    public async ValueTask<HistoryPage> BetweenAsync(HistoryReference first, HistoryReference second, CancellationToken cancellationToken)
    {
        var isForward = await IsBeforeAsync(first, second, cancellationToken);
        var (earlier, later) = isForward ? (first, second) : (second, first);
        return await ReadAsync(UpTo(From(All, earlier), later) with { Oldest = isForward }, cancellationToken);
    }

    /// <summary>Reads on over reactions, which do not count: no page is ever short, or empty, for having nothing else.</summary>
    private async ValueTask<HistoryPage> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        var found = new List<HistoryEntry>();
        var size = includesEvents ? Math.Max(query.Limit, MinRead) : query.Limit;
        var isRead = false;
        for (var round = 0; round < MaxRounds && !isRead && found.Count(Counts) < query.Limit; round++)
        {
            var page = await target.ReadAsync(query with { Limit = size }, cancellationToken);
            found.InsertRange(query.Oldest ? found.Count : 0, page);
            isRead = page.Count < size;
            query = page.Count == 0 ? query
                : query.Oldest ? query with { After = page[^1].Number }
                : query with { Before = page[0].Number };
        }

        var counted = found.Select((entry, place) => (entry, place)).Where(each => Counts(each.entry)).Select(each => each.place).ToList();
        if (counted.Count <= query.Limit)
        {
            return new HistoryPage(found, IsEnd: isRead);
        }

        var cut = query.Oldest ? counted[query.Limit] : counted[^query.Limit];
        return new HistoryPage(query.Oldest ? found[..cut] : found[cut..], IsEnd: false);
    }

    private static bool Counts(HistoryEntry entry) => HistoryContext.ParentOf(entry) is null;

    private static HistoryQuery UpTo(HistoryQuery query, HistoryReference place)
        => place.Number is { } number ? query with { Before = number } : query with { Until = place.Time };

    private static HistoryQuery From(HistoryQuery query, HistoryReference place)
        => place.Number is { } number ? query with { After = number } : query with { Since = place.BehindTime };

    private async ValueTask<bool> IsBeforeAsync(HistoryReference first, HistoryReference second, CancellationToken cancellationToken)
        => first is { Number: { } one } && second is { Number: { } other }
            ? one <= other
            : await TimeOfAsync(first, cancellationToken) <= await TimeOfAsync(second, cancellationToken);

    /// <summary>Returns the time of a place in history; a message that is no longer kept counts as earlier than all that are.</summary>
    private async ValueTask<DateTimeOffset> TimeOfAsync(HistoryReference place, CancellationToken cancellationToken)
    {
        if (place.Number is not { } number)
        {
            return place.Time ?? DateTimeOffset.MaxValue;
        }

        var found = await target.ReadAsync(HistoryQuery.One(target.Room, number), cancellationToken);
        return found is [var entry] ? entry.Time : DateTimeOffset.MinValue;
    }
}
