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
                  WHERE message_index MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT {MaxMatches})
                 CROSS JOIN place ON place.key = match CROSS JOIN message ON message.id = place.message
            """);
    }

    public IReadOnlyList<HistoryEntry> Search(HistorySearch search, SearchWords words, RoomView room)
    {
        var matches = new List<HistoryEntry>();
        _pages.ReadRecent(room, room.Recent.TakeLast(MaxRecent), message => message.Number < search.Before, matches, MaxRecent);
        matches.RemoveAll(message => words.Relevance(message.Text.Span) == 0);

        _indexed.Bind(1, Match(words)).Bind(2, MessageKey.Of(room.Id, 0)).Bind(3, MessageKey.Of(room.Id, search.Before));
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
