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
    private const int MaxUnindexed = 5_000;

    private readonly Statement _room;
    private readonly Statement _unindexed;
    private readonly Statement _indexed;

    public HistorySearcher(Database database)
    {
        _room = database.Prepare("SELECT id, indexed_number, last_number FROM room WHERE name = ? AND id > 0");
        _unindexed = database.Prepare(
            $"SELECT {MessageColumns.OfMessage} FROM message WHERE id > ? AND id < ? ORDER BY id DESC LIMIT {MaxUnindexed}");
        _indexed = database.Prepare(
            $"""
            SELECT {MessageColumns.OfMessage}
            FROM (SELECT rowid AS match FROM message_index
                  WHERE message_index MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT {MaxMatches})
                 CROSS JOIN message ON message.id = match
            """);
    }

    public IReadOnlyList<HistoryEntry> Search(HistorySearch search)
    {
        var words = SearchWords.Parse(search.Words);
        if (words.Words.Count == 0 || !_room.Bind(1, search.Room.Value).Step())
        {
            return [];
        }

        var (room, indexed, last) = (_room.Number(0), _room.Number(1), _room.Number(2));
        _room.Reset();
        var before = Math.Min(MessageKey.Of(room, search.Before), MessageKey.Of(room, last) + 1);
        var matches = new List<HistoryEntry>();

        _unindexed.Bind(1, MessageKey.Of(room, indexed)).Bind(2, before);
        while (_unindexed.Step())
        {
            var entry = MessageColumns.Read(_unindexed, search.Room);
            if (words.Relevance(entry.Text.Span) > 0)
            {
                matches.Add(entry);
            }
        }

        _indexed.Bind(1, Match(words)).Bind(2, MessageKey.Of(room, 0)).Bind(3, before);
        while (_indexed.Step())
        {
            matches.Add(MessageColumns.Read(_indexed, search.Room));
        }

        return SearchRanking.Best(matches, words, search);
    }

    public void Dispose()
    {
        _room.Dispose();
        _unindexed.Dispose();
        _indexed.Dispose();
    }

    // Query     = 1*Term                          all of them must be there
    // Term      = DQUOTE 1*letter-or-digit DQUOTE [ "*" ]
    // https://www.sqlite.org/fts5.html#full_text_query_syntax. Words have neither quotes nor anything else that means something.
    private static string Match(SearchWords words) =>
        string.Join(' ', words.Words.Select(word => $"\"{word.Folded}\"{(word.IsPrefix ? "*" : "")}"));
}
