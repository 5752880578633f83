using Parley.Core.Broker;
using Parley.Core.History;

namespace Parley.Cluster.Deciding;

/// <summary>The parts of a home that a node is made of when it becomes one.</summary>
public sealed class HomeParts
{
    /// <summary>Opens the history to write to under a term.</summary>
    public required Func<long, IHistoryStore> OpenHistory { get; init; }

    /// <summary>Makes the broker that decides, with a history that ends with it.</summary>
    public required Func<IHistoryStore, LocalBroker> CreateBroker { get; init; }

    /// <summary>Time that a new home waits for the nodes that were there before.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);
}
