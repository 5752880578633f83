using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Server.Irc.History;

/// <summary>What messages a client looks for.</summary>
internal sealed record MessageSearch
{
    /// <summary>Of a conversation, so many of the newest messages are read through: they are in no index.</summary>
    private const int MaxDirect = 2_000;

    /// <summary>A channel or a nick; null for all channels that it is in.</summary>
    public string? In { get; init; }

    /// <summary>Words that have to be in the text; null for any text.</summary>
    public string? Text { get; init; }

    /// <summary>Who wrote it; empty for anybody.</summary>
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

            found.AddRange(await FindInAsync(session, target, cancellationToken));
        }

        return new HistoryQuery(default) { Limit = Limit, Oldest = Oldest }.Choose(found, entry => entry.Time);
    }

    private async ValueTask<IEnumerable<HistoryEntry>> FindInAsync(IrcSession session, HistoryTarget target, CancellationToken cancellationToken)
    {
        var query = new HistoryQuery(target.Room) { Author = From, Since = Since, Until = Until, Limit = Limit, Oldest = Oldest };
        if (Text is null)
        {
            return await target.ReadAsync(query, cancellationToken);
        }

        if (target.Room.IsEmpty)
        {
            var words = SearchWords.Parse(Text);
            var all = await target.ReadAsync(query with { Limit = MaxDirect }, cancellationToken);
            return words.Words.Count == 0 ? [] : all.Where(entry => words.Relevance(entry.Text.Span) > 0);
        }

        var search = new HistorySearch(target.Room, Text)
        {
            Author = From,
            Since = Since,
            Until = Until,
            Limit = Limit,
            Before = target.Last + 1,
        };
        return await session.Context.History!.SearchAsync(search, cancellationToken);
    }
}
