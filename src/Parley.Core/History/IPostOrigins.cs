using Parley.Core.Events;

namespace Parley.Core.History;

/// <summary>Messages that a cluster's nodes have sent, found by their origins.</summary>
public interface IPostOrigins
{
    /// <summary>Those that are kept; a direct message to several is kept once for each recipient.</summary>
    /// <exception cref="HistoryException">The store fails.</exception>
    ValueTask<IReadOnlyList<HistoryEntry>> FindOriginsAsync(IReadOnlyCollection<PostOrigin> origins, CancellationToken cancellationToken = default);
}
