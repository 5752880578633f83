using Parley.Core.Events;

namespace Parley.Core.History;

/// <summary>History that the nodes of a cluster write to in turn: each finds there what others have kept. Both methods give entries with their origins.</summary>
public interface ISharedHistory
{
    /// <summary>Messages that nodes have sent, by their origins; a direct message to several is kept once for each recipient.</summary>
    /// <exception cref="HistoryException">The store fails.</exception>
    ValueTask<IReadOnlyList<HistoryEntry>> FindOriginsAsync(IReadOnlyCollection<PostOrigin> origins, CancellationToken cancellationToken = default);

    /// <summary>Direct messages, whoever sent them to whom, oldest first; also tags without text, but none that was taken away.</summary>
    /// <param name="after">Only numbers above this one.</param>
    /// <param name="limit">At most so many, the oldest.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="HistoryException">The store fails.</exception>
    ValueTask<IReadOnlyList<HistoryEntry>> ReadDirectsAsync(long after, int limit, CancellationToken cancellationToken = default);
}
