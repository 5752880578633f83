using Parley.Core.Broker.Sessions;
using Parley.Core.History;

namespace Parley.Core.Broker.History;

/// <summary>Searches for clients, in turn: one that asks for much gets no more of the store than one that asks for little.</summary>
internal sealed class HistorySearches(IHistoryStore store)
{
    /// <summary>Searches that run at once.</summary>
    private const int Places = 2;

    /// <summary>Number of reads after which a search returns even if it has not found enough.</summary>
    private const int MaxReads = 10;

    private readonly FairQueue _queue = new(Places);

    /// <summary>Finds messages. Each read of the store waits for its turn.</summary>
    /// <exception cref="HistoryException">The store fails.</exception>
    public async ValueTask<SearchPage> FindAsync(Session session, HistorySearch search, CancellationToken cancellationToken)
    {
        var found = new List<HistoryEntry>();
        long? stoppedAt = null;
        for (var reads = 0; reads < MaxReads; reads++)
        {
            using var place = await _queue.EnterAsync(ClientOf(session), cancellationToken);
            var page = await store.SearchAsync(search with { Limit = search.Limit - found.Count }, cancellationToken);
            found.AddRange(page.Entries);
            stoppedAt = page.StoppedAt;
            if (stoppedAt is not { } number || found.Count >= search.Limit)
            {
                break;
            }

            search = search.Behind(number);
        }

        return new SearchPage(found, stoppedAt);
    }

    // People of one account, or of one address, are one client, however many connections they have.
    private static string ClientOf(Session session)
        => session.User is not { Profile: var profile } ? "" : profile.Account.IsEmpty ? profile.Host : $"{profile.Account.Value} ";
}
