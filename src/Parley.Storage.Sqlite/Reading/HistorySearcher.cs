using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Reading;

/// <summary>Finds a room's messages by words.</summary>
/// <remarks>
/// The index gives the newest matches, from their texts they are ranked. (SQLite's own ranking reads every match of a
/// common word in all rooms: seconds where this takes milliseconds.) The newest messages are not in the index yet: they
/// are read through.
/// </remarks>
internal sealed class HistorySearcher : IDisposable
{
    // Of more matches, the older ones are not ranked: what has been said that often is not found by its words.
    private const int MaxMatches = 2_000;

    // Indexing is seldom so far behind. If it is, what lies between is found when it has caught up.
    private const int MaxRecent = 5_000;

    private readonly PageReader _pages;
    private readonly Statement _indexed;

    public HistorySearcher(Database database, PageReader pages)
    {
        _pages = pages;
        _indexed = database.Prepare(
            $"""
            SELECT {MessageColumns.All}
            FROM (SELECT rowid AS match FROM message_index
                  WHERE message_index MATCH ?3 AND rowid > ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT {MaxMatches})
                 CROSS JOIN place ON place.key = match CROSS JOIN message ON message.id = place.message
            WHERE {RowFilter.Condition}
            """);
    }

    public IReadOnlyList<HistoryEntry> Search(HistorySearch search, SearchWords words, RoomView room)
    {
        var query = new HistoryQuery(room.Name) { Before = search.Before, Since = search.Since, Until = search.Until, Author = search.Author };
        var filter = RowFilter.Of(query, reader: null);
        var (after, before) = _pages.Bounds(query, room);
        var matches = new List<HistoryEntry>();
        _pages.ReadRecent(
            room, room.Recent.TakeLast(MaxRecent), message => message.Number > after && message.Number < before, filter, matches, MaxRecent);
        matches.RemoveAll(message => words.Relevance(message.Text.Span) == 0);

        filter.BindTo(_indexed.Bind(1, MessageKey.Of(room.Id, after)).Bind(2, MessageKey.Of(room.Id, before)).Bind(3, Match(words)));
        while (_indexed.Step())
        {
            matches.Add(MessageColumns.Read(_indexed, room.Name));
        }

        return SearchRanking.Best(matches, words, search);
    }

    public void Dispose() => _indexed.Dispose();

    // Query     = 1*Term                          all of them must be there
    // Term      = DQUOTE 1*letter-or-digit DQUOTE [ "*" ]
    // https://www.sqlite.org/fts5.html#full_text_query_syntax. Words have neither quotes nor anything else that means something.
    private static string Match(SearchWords words) =>
        string.Join(' ', words.Words.Select(word => $"\"{word.Folded}\"{(word.IsPrefix ? "*" : "")}"));
}
