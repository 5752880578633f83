using Parley.Core.History;

namespace Parley.Server.Irc.History;

/// <summary>Which entries a sub-command of <c>CHATHISTORY</c> means (https://ircv3.net/specs/extensions/chathistory#subcommands).</summary>
/// <param name="target">What the history is of.</param>
/// <param name="limit">At most so many.</param>
/// <param name="includesEvents">Whether the client is shown what is no message.</param>
internal sealed class HistorySelection(HistoryTarget target, int limit, bool includesEvents)
{
    private HistoryQuery All => new(target.Room) { Limit = limit, IncludesEvents = includesEvents };

    /// <summary>The newest entries before a place.</summary>
    public ValueTask<IReadOnlyList<HistoryEntry>> BeforeAsync(HistoryReference place, CancellationToken cancellationToken)
        => target.ReadAsync(UpTo(All, place), cancellationToken);

    /// <summary>The oldest entries behind a place.</summary>
    public ValueTask<IReadOnlyList<HistoryEntry>> AfterAsync(HistoryReference place, CancellationToken cancellationToken)
        => target.ReadAsync(From(All, place) with { Oldest = true }, cancellationToken);

    /// <summary>The newest entries of all; none of them before a place.</summary>
    public ValueTask<IReadOnlyList<HistoryEntry>> LatestAsync(HistoryReference place, CancellationToken cancellationToken)
        => target.ReadAsync(From(All, place), cancellationToken);

    /// <summary>The entry at a place, and as many before it as behind it.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>> AroundAsync(HistoryReference place, CancellationToken cancellationToken)
    {
        var before = await target.ReadAsync(UpTo(All, place) with { Limit = (limit - 1) / 2 }, cancellationToken);
        var atOrAfter = place.Number is { } number ? All with { After = number - 1 } : All with { Since = place.Time };
        var after = await target.ReadAsync(atOrAfter with { Limit = limit - before.Count, Oldest = true }, cancellationToken);
        return [.. before, .. after];
    }

    /// <summary>The entries between two places, counted from the first, be that the earlier one or the later.</summary>
    public async ValueTask<IReadOnlyList<HistoryEntry>> BetweenAsync(
        HistoryReference first, HistoryReference second, CancellationToken cancellationToken)
    {
        var isForward = await IsBeforeAsync(first, second, cancellationToken);
        var (earlier, later) = isForward ? (first, second) : (second, first);
        return await target.ReadAsync(UpTo(From(All, earlier), later) with { Oldest = isForward }, cancellationToken);
    }

    private static HistoryQuery UpTo(HistoryQuery query, HistoryReference place)
        => place.Number is { } number ? query with { Before = number } : query with { Until = place.Time };

    private static HistoryQuery From(HistoryQuery query, HistoryReference place)
        => place.Number is { } number ? query with { After = number } : query with { Since = place.BehindTime };

    private async ValueTask<bool> IsBeforeAsync(HistoryReference first, HistoryReference second, CancellationToken cancellationToken)
        => first is { Number: { } one } && second is { Number: { } other }
            ? one <= other
            : await TimeOfAsync(first, cancellationToken) <= await TimeOfAsync(second, cancellationToken);

    /// <summary>What is kept no more was before all that is.</summary>
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
