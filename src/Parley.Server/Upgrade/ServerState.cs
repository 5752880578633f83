using Parley.Server.Connections;
using Parley.Server.Transport;

namespace Parley.Server.Upgrade;

/// <summary>All that a server knows and no store has, with its descriptors: another server, in this process or in another one, goes on with it.</summary>
public sealed class ServerState
{
    internal ServerState(
        IReadOnlyList<HandedListener> listeners,
        byte[] broker,
        IReadOnlyList<(HandedConnection Connection, int Descriptor)> connections,
        IReadOnlyList<HandedPoster> posters,
        IReadOnlyList<EndedSession> ended)
        => (Listeners, Broker, Connections, Posters, Ended) = (listeners, broker, connections, posters, ended);

    /// <summary>The number of connections.</summary>
    public int Kept => Connections.Count;

    /// <summary>The listening sockets.</summary>
    public PassedSockets Sockets => new([.. Listeners.Select(listener => (listener.Name, listener.Socket!, listener.Asked))]);

    internal IReadOnlyList<HandedListener> Listeners { get; }

    internal byte[] Broker { get; }

    internal IReadOnlyList<(HandedConnection Connection, int Descriptor)> Connections { get; }

    internal IReadOnlyList<HandedPoster> Posters { get; }

    internal IReadOnlyList<EndedSession> Ended { get; }
}
