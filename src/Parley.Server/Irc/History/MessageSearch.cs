using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Search;
using Parley.Protocol.Values;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.History;

/// <summary>Criteria of a client's search for messages.</summary>
internal sealed record MessageSearch
{
    /// <summary>A conversation is in no index: it is read through, so many messages at a time, and no more of them than that.</summary>
    private const int DirectPage = 1_000;
    private const int MaxDirectPages = 20;

    /// <summary>
    /// Messages of the very millisecond from which is searched that come beside a page. Clients go on from the time of the last one that they have,
    /// which is searched too, and would get no further where as many are of one time.
    /// </summary>
    private const int MaxOfOneTime = 1_000;

    /// <summary>A channel or a nick; null for all channels that it is in.</summary>
    public string? In { get; init; }

    /// <summary>Words that have to be in the text; null for any text.</summary>
    public string? Text { get; init; }

    /// <summary>Author of the messages; empty for anybody.</summary>
    public UserName From { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Id of a message behind which is searched; null for none.</summary>
    public string? AfterId { get; init; }

    /// <summary>Id of a message before which is searched; null for none.</summary>
    public string? BeforeId { get; init; }

    public int Limit { get; init; }

    /// <summary>True if the client has said a limit, which MUST NOT be passed.</summary>
    public bool IsLimited { get; init; }

    private long After { get; init; }

    private long Before { get; init; } = long.MaxValue;

    /// <summary>With a place to begin at, the oldest are wanted; without one, the newest.</summary>
    private bool Oldest => Since is not null || AfterId is not null;

    /// <summary>The same search, with the places of the messages that it names; null if one is not in the channel or conversation that is searched.</summary>
    public async ValueTask<MessageSearch?> PlaceAsync(IrcSession session, CancellationToken cancellationToken)
    {
        if (AfterId is null && BeforeId is null)
        {
            return this;
        }

        if (In is null || await HistoryTarget.FindAsync(session, In, cancellationToken) is not { } target)
        {
            return null;
        }

        var (after, before) = (After, Before);
        var areThere = (AfterId is null || TryPlace(target, AfterId, out after)) && (BeforeId is null || TryPlace(target, BeforeId, out before));
        return areThere ? this with { After = after, Before = before } : null;
    }

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

            // Those of one time stay in the order of saying.
            found.AddRange((await FindInAsync(target, cancellationToken)).OrderBy(entry => entry.Number));
        }

        // What is in one place comes in the order of saying, which is not always that of time.
        var page = In is null ? new HistoryQuery(default) { Limit = Limit, Oldest = Oldest }.Choose(found, entry => entry.Time) : [.. Oldest ? found.Take(Limit) : found.TakeLast(Limit)];
        return IsStuck(page) ? await WidenedAsync(session, cancellationToken) : page;
    }

    private static bool TryPlace(HistoryTarget target, string id, out long number)
    {
        var isThere = HistoryReference.Parse(HistoryReference.IdPrefix + id, target.NameAt, out var place) is null;
        number = place.Number ?? 0;
        return isThere;
    }

    /// <summary>True if a page is full of messages of the very time from which is searched, so that a search from the last of them would give it again.</summary>
    private bool IsStuck(IReadOnlyList<HistoryEntry> page) => !IsLimited && page.Count == Limit && page.All(IsOfFirstTime);

    private bool IsOfFirstTime(HistoryEntry entry)
        => Oldest ? Since is { } since && entry.Time < ClientTime.From(since).Behind() : Until is { } until && entry.Time >= until.AddMilliseconds(-1);

    private async ValueTask<IReadOnlyList<HistoryEntry>?> WidenedAsync(IrcSession session, CancellationToken cancellationToken)
    {
        if (await (this with { Limit = Limit + MaxOfOneTime, IsLimited = true }).FindAsync(session, cancellationToken) is not { } found)
        {
            return null;
        }

        var count = found.Count(IsOfFirstTime) + Limit;
        return [.. Oldest ? found.Take(count) : found.TakeLast(count)];
    }

    private async ValueTask<IEnumerable<HistoryEntry>> FindInAsync(HistoryTarget target, CancellationToken cancellationToken)
    {
        var query = new HistoryQuery(target.Room) { Author = From, After = After, Before = Before, Since = Since, Until = Until, Limit = Limit, Oldest = Oldest };
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
            After = After,
            Before = Before,
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
