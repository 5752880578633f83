using Parley.Core.History;
using Parley.Core.Search;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Finds a room's messages by words and by author, in the order in which they were said.</summary>
/// <remarks>
/// The index gives the messages that have the terms, in order and one after the other, so a page costs what it shows and not what
/// there is. Their texts say whether they match. The newest messages are not in the index yet: they are read through.
/// </remarks>
internal sealed class HistorySearcher : IDisposable
{
    /// <summary>Number of messages that one search examines at most; some 60 ms.</summary>
    public const int MaxExamined = 20_000;

    private readonly PageReader _pages;
    private readonly Statement _newest;
    private readonly Statement _oldest;

    public HistorySearcher(Database database, PageReader pages)
    {
        _pages = pages;
        _newest = Prepare("DESC");
        _oldest = Prepare("ASC");

        // The limit inside keeps the index's order, and has rows come as they are asked for.
        Statement Prepare(string order) => database.Prepare(
            $"""
            SELECT {MessageColumns.All}
            FROM (SELECT rowid AS match FROM message_index
                  WHERE message_index MATCH ?3 AND rowid > ?1 AND rowid < ?2 ORDER BY rowid {order} LIMIT {MaxExamined})
                 CROSS JOIN place ON place.key = match CROSS JOIN message ON message.id = place.message
            """);
    }

    public SearchPage Search(HistorySearch search, SearchWords words, RoomView room)
    {
        var query = new HistoryQuery(room.Name)
        {
            After = search.After,
            Before = search.Before,
            Since = search.Since,
            Until = search.Until,
            Author = search.Author,
            Life = search.Life,
        };
        var ranges = _pages.Ranges(query, room);
        var (after, before) = ranges.Count > 0 ? (ranges[0].After, ranges[^1].Before) : (0, 0);
        var filter = RowFilter.Of(query, reader: null);
        var recent = room.Recent.Where(message => TimeFinder.IsMeant(query, message))
            .Select(message => (message.Number, _pages.ReadRecent(room, message, filter)));
        var indexed = Indexed(search.Oldest ? _oldest : _newest, MessageKey.Of(room.Id, after), MessageKey.Of(room.Id, before), words, search, room);
        try
        {
            return Page(search.Oldest ? indexed.Concat(recent) : recent.Reverse().Concat(indexed), search, words);
        }
        finally
        {
            _newest.Reset();
            _oldest.Reset();
        }
    }

    public void Dispose()
    {
        _newest.Dispose();
        _oldest.Dispose();
    }

    private static SearchPage Page(IEnumerable<(long Number, HistoryEntry? Entry)> candidates, HistorySearch search, SearchWords words)
    {
        var found = new List<HistoryEntry>();
        var examined = 0;
        if (search.Limit <= 0)
        {
            return SearchPage.Empty;
        }

        foreach (var (number, candidate) in candidates)
        {
            if (candidate is { } entry && IsMeant(entry, search) && words.AreIn(entry.Text.Span))
            {
                found.Add(entry);
            }

            if (found.Count == search.Limit)
            {
                return new SearchPage(found);
            }

            if (++examined == MaxExamined)
            {
                return new SearchPage(found, number);
            }
        }

        return new SearchPage(found);
    }

    private static bool IsMeant(in HistoryEntry entry, HistorySearch search)
        => search.Life.MayRead(entry.Life) && (search.Author.IsEmpty || entry.Author == search.Author) && !(entry.Time < search.Since) && !(entry.Time >= search.Until);

    private static IEnumerable<(long Number, HistoryEntry? Entry)> Indexed(
        Statement rows, long after, long before, SearchWords words, HistorySearch search, RoomView room)
    {
        rows.Bind(1, after).Bind(2, before).Bind(3, Match(words, search));
        while (rows.Step())
        {
            var entry = MessageColumns.Read(rows, room.Name);
            yield return (entry.Number, entry);
        }
    }

    // Query     = 1*Term                          all of them must be there
    // Term      = DQUOTE 1*letter-or-digit DQUOTE [ "*" ]
    // https://www.sqlite.org/fts5.html#full_text_query_syntax. Terms have neither quotes nor anything else that means something.
    private static string Match(SearchWords words, HistorySearch search) =>
        string.Join(' ', SearchTerms.Of(words, search.Author).Select(term => $"\"{term.Text}\"{(term.IsPrefix ? "*" : "")}"));
}
