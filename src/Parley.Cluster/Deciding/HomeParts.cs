using Parley.Core.Broker;
using Parley.Core.History;
using Parley.Core.Rooms;

namespace Parley.Cluster.Deciding;

/// <summary>The parts of a home that a node is made of when it becomes one.</summary>
public sealed class HomeParts
{
    /// <summary>Opens the history to write to under a term.</summary>
    public required Func<long, IHistoryStore> OpenHistory { get; init; }

    /// <summary>Opens the registered rooms to write to under a term.</summary>
    public required Func<long, IRoomRegistry> OpenRooms { get; init; }

    /// <summary>Makes the broker that decides.</summary>
    public required Func<IHistoryStore, IRoomRegistry, LocalBroker> CreateBroker { get; init; }

    /// <summary>Time that a new home waits for the nodes that were there before.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);
}
