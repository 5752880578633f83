namespace Parley.Core.History;

/// <summary>Puts the matches of a search in order: relevance first, and of late over long ago.</summary>
/// <remarks>For every store, so that all give the same answer.</remarks>
public static class SearchRanking
{
    // What was said a week before the newest match is worth half of what being new can add.
    private static readonly TimeSpan HalfNew = TimeSpan.FromDays(7);

    /// <summary>The page that a search asks for, best first.</summary>
    /// <param name="matches">Messages that were found to have the words.</param>
    /// <param name="words">The words.</param>
    /// <param name="search">Which of them are wanted.</param>
    public static IReadOnlyList<HistoryEntry> Best(IReadOnlyCollection<HistoryEntry> matches, SearchWords words, HistorySearch search)
    {
        if (matches.Count == 0)
        {
            return [];
        }

        var newest = matches.Max(match => match.Time);
        return
        [
            .. matches
                .OrderByDescending(match => words.Relevance(match.Text.Span) + (HalfNew / (HalfNew + (newest - match.Time))))
                .ThenByDescending(match => match.Number)
                .Skip(Math.Max(0, search.Skip))
                .Take(Math.Max(0, search.Limit)),
        ];
    }
}
