using Parley.Core.Broker.Homes;

namespace Parley.Server.Connections;

/// <summary>The end of a server of which another process takes over the connections: gathers what they know.</summary>
/// <param name="broker">Takes out of the broker what it knows.</param>
internal sealed class Handover(BrokerHandover broker)
{
    /// <summary>Time that a command in hand, and what a connection is shown of history, may take before the connection is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Time in which connections that are not kept are told so, and closed.</summary>
    public static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(500);

    /// <summary>Reason that others are given when somebody leaves whose connection could not be kept.</summary>
    public const string QuitReason = "Not back after an upgrade of the server";

    private readonly Lock _gate = new();
    private readonly List<(HandedConnection Connection, int Descriptor)> _connections = [];
    private readonly List<EndedSession> _ended = [];

    /// <summary>The broker's state; empty before it has stopped.</summary>
    public byte[] Broker { get; private set; } = [];

    /// <summary>The connections that are kept.</summary>
    public IReadOnlyList<(HandedConnection Connection, int Descriptor)> Connections
    {
        get
        {
            lock (_gate)
            {
                return [.. _connections];
            }
        }
    }

    /// <summary>The sessions that have ended for reasons of their own while nothing was decided any more: others are still to be shown that.</summary>
    public IReadOnlyList<EndedSession> Ended
    {
        get
        {
            lock (_gate)
            {
                return [.. _ended];
            }
        }
    }

    /// <summary>Words for a client whose connection cannot be kept.</summary>
    /// <param name="why">Why not, in a clause.</param>
    public static string Words(string why) => $"The server goes on as a newer program, and this connection cannot be kept, as {why}: connect again";

    /// <summary>Nothing is decided any more.</summary>
    public void BrokerStopped() => Broker = broker.Take();

    /// <summary>A connection is kept.</summary>
    /// <param name="connection">What is known of it.</param>
    /// <param name="descriptor">Its socket, the caller's no more.</param>
    public void Add(HandedConnection connection, int descriptor)
    {
        lock (_gate)
        {
            _connections.Add((connection, descriptor));
        }
    }

    /// <summary>A session has ended for reasons of its own.</summary>
    public void End(EndedSession session)
    {
        lock (_gate)
        {
            _ended.Add(session);
        }
    }
}
