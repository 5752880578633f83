using System.Collections.Concurrent;
using Parley.Core.Broker.Sessions;
using Parley.Core.Queries;

namespace Parley.Core.Broker;

/// <summary>The sessions whose connections end at this machine, by their ids.</summary>
internal sealed class SessionTable
{
    private readonly ConcurrentDictionary<SessionId, Session> _sessions = new();
    private long _last;

    /// <summary>Gives a session its id. The second time it keeps the one it has.</summary>
    public SessionId Add(Session session)
    {
        if (session.Id == default)
        {
            session.Id = new SessionId(Interlocked.Increment(ref _last));
            _sessions[session.Id] = session;
        }

        return session.Id;
    }

    /// <summary>Makes a session known by an id that it has from elsewhere.</summary>
    public void Add(Session session, SessionId id)
    {
        session.Id = id;
        _sessions[id] = session;
    }

    /// <summary>All of them, in no particular order.</summary>
    public IEnumerable<Session> All() => _sessions.Select(known => known.Value);

    public Session? Find(SessionId id) => _sessions.GetValueOrDefault(id);

    public void Remove(Session session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            session.Id = default;
        }
    }
}
