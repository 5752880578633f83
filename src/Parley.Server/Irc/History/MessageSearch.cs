using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Search;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.History;

/// <summary>Criteria of a client's search for messages.</summary>
internal sealed record MessageSearch
{
    /// <summary>A conversation is in no index: it is read through, so many messages at a time, and no more of them than that.</summary>
    private const int DirectPage = 1_000;
    private const int MaxDirectPages = 20;

    /// <summary>A channel or a nick; null for all channels that it is in.</summary>
    public string? In { get; init; }

    /// <summary>Words that have to be in the text; null for any text.</summary>
    public string? Text { get; init; }

    /// <summary>Author of the messages; empty for anybody.</summary>
    public UserName From { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public int Limit { get; init; }

    /// <summary>With a time to begin at, the oldest are wanted; without one, the newest.</summary>
    private bool Oldest => Since is not null;

    /// <summary>The messages that were found, oldest first; null if the client may not look there.</summary>
    /// <exception cref="HistoryException">The store fails.</exception>
    public async ValueTask<IReadOnlyList<HistoryEntry>?> FindAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var found = new List<HistoryEntry>();
        foreach (var name in In is null ? session.Session.Rooms.Select(room => $"#{room.Value}") : [In])
        {
            if (await HistoryTarget.FindAsync(session, name, cancellationToken) is not { } target)
            {
                return null;
            }

            found.AddRange(await FindInAsync(target, cancellationToken));
        }

        return new HistoryQuery(default) { Limit = Limit, Oldest = Oldest }.Choose(found, entry => entry.Time);
    }

    private async ValueTask<IEnumerable<HistoryEntry>> FindInAsync(HistoryTarget target, CancellationToken cancellationToken)
    {
        var query = new HistoryQuery(target.Room) { Author = From, Since = Since, Until = Until, Limit = Limit, Oldest = Oldest };
        if (Text is null && (From.IsEmpty || target.Room.IsEmpty))
        {
            return await target.ReadAsync(query, cancellationToken);
        }

        if (target.Room.IsEmpty)
        {
            return await FindDirectAsync(target, query, cancellationToken);
        }

        var search = new HistorySearch(target.Room, Text ?? "")
        {
            Author = From,
            Since = Since,
            Until = Until,
            Oldest = Oldest,
            Limit = Limit,
        };
        if (Text is not null && SearchWords.Parse(Text).Words.Count == 0)
        {
            return [];
        }

        var page = await target.SearchAsync(search, cancellationToken);

        // Nothing yet is not the same as nothing.
        return page is { Entries.Count: 0, StoppedAt: not null }
            ? throw new HistoryException("More than one search may look at was looked at, and nothing was found")
            : page.Entries;
    }

    private async ValueTask<IEnumerable<HistoryEntry>> FindDirectAsync(HistoryTarget target, HistoryQuery query, CancellationToken cancellationToken)
    {
        var words = SearchWords.Parse(Text!);
        var found = new List<HistoryEntry>();
        for (var pages = 0; words.Words.Count > 0 && found.Count < Limit && pages < MaxDirectPages; pages++)
        {
            var page = await target.ReadAsync(query with { Limit = DirectPage }, cancellationToken);
            found.AddRange(page.Where(entry => words.AreIn(entry.Text.Span)));
            if (page.Count < DirectPage)
            {
                break;
            }

            query = Oldest ? query with { After = page[^1].Number } : query with { Before = page[0].Number };
        }

        return found;
    }
}
