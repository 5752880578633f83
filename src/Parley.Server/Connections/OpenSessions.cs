using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Core.Broker.Sessions;

namespace Parley.Server.Connections;

/// <summary>The sessions of all line protocols whose connections are open, each with the address that it counts for now.</summary>
internal sealed class OpenSessions
{
    private readonly ConcurrentDictionary<Session, (ILineSession Lines, ConnectionContext Connection)> _sessions = new();

    /// <summary>Takes note of one, before anybody is asked whether it may come in.</summary>
    public void Add(ILineSession session, ConnectionContext connection) => _sessions[session.Session] = (session, connection);

    /// <summary>Its connection has ended.</summary>
    public void Remove(Session session) => _sessions.TryRemove(session, out _);

    /// <summary>Number of them.</summary>
    public int Count => _sessions.Count;

    /// <summary>All of them, in no particular order; those that come or go meanwhile may or may not be among them.</summary>
    public IEnumerable<(Session Session, IPAddress? Address)> All()
        => _sessions.Select(pair => (pair.Key, (pair.Value.Connection.RemoteEndPoint as IPEndPoint)?.Address));

    /// <summary>Those of whom something that they asked for is not shown yet.</summary>
    public IEnumerable<ILineSession> Waiting() => _sessions.Where(pair => pair.Key.HasInFlight).Select(pair => pair.Value.Lines);
}
