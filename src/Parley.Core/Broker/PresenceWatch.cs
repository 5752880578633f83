using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Which sessions are told when somebody comes or goes under a name.</summary>
internal sealed class PresenceWatch
{
    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly Dictionary<UserName, HashSet<Session>> _watchers = [];
    private readonly Dictionary<Session, HashSet<UserName>> _watched = [];

    public void Add(Session session, UserName name)
    {
        lock (_gate)
        {
            Set(_watchers, name).Add(session);
            Set(_watched, session).Add(name);
        }
    }

    public void Remove(Session session, UserName name)
    {
        lock (_gate)
        {
            Drop(_watchers, name, session);
            Drop(_watched, session, name);
        }
    }

    /// <summary>Forgets all that a session watches.</summary>
    public void Remove(Session session)
    {
        lock (_gate)
        {
            if (_watched.Remove(session, out var names))
            {
                foreach (var name in names)
                {
                    Drop(_watchers, name, session);
                }
            }
        }
    }

    /// <summary>The names that a session watches, as they are now.</summary>
    public UserName[] Watched(Session session)
    {
        lock (_gate)
        {
            return _watched.TryGetValue(session, out var names) ? [.. names] : [];
        }
    }

    /// <summary>The sessions that watch a name, as they are now.</summary>
    public Session[] Watchers(UserName name)
    {
        lock (_gate)
        {
            return _watchers.TryGetValue(name, out var sessions) ? [.. sessions] : [];
        }
    }

    /// <summary>Tells those who watch a user's name that it has come, or has gone. Takes outbox and room gates.</summary>
    public void Tell(Actor user, bool isHere)
    {
        var watchers = Watchers(user.Name);
        if (watchers.Length == 0)
        {
            return;
        }

        var told = new Presence(user, isHere);
        foreach (var session in watchers)
        {
            session.Tell(told);
        }
    }

    private static HashSet<TValue> Set<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> sets, TKey key)
        where TKey : notnull
        => sets.TryGetValue(key, out var set) ? set : sets[key] = [];

    private static void Drop<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> sets, TKey key, TValue value)
        where TKey : notnull
    {
        if (sets.TryGetValue(key, out var set) && set.Remove(value) && set.Count == 0)
        {
            sets.Remove(key);
        }
    }
}
