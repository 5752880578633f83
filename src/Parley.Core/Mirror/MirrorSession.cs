using Parley.Core.Broker.Sessions;
using Parley.Core.Names;
using Parley.Core.Nodes;

namespace Parley.Core.Mirror;

/// <summary>A session here, with what it has asked for elsewhere and what waits behind that.</summary>
internal sealed class MirrorSession
{
    private readonly Lock _gate = new();
    private readonly SortedSet<long> _unsettled = [];
    private readonly Queue<(long Ask, Action Action)> _behind = new();
    private readonly Dictionary<UserName, bool?> _watched = [];
    private long _lastDirect;
    private long _lastOwn;

    public MirrorSession(Session session)
    {
        Session = session;
        session.Queue = (_, action) => TryRunBehind(action);
    }

    public Session Session { get; }

    /// <summary>Number of the last messages that it is to be shown in the room that it is about to join; 0 for none.</summary>
    public int Replays { get; set; }

    /// <summary>The replay of the room that it has just joined; null for none.</summary>
    public Replay? Replay { get; set; }

    /// <summary>True if it is taken along into every room that its user enters.</summary>
    public bool FollowsAll { get; set; }

    /// <summary>True if it has brought the rights of those who run the server to its user.</summary>
    public bool HoldsRights { get; set; }

    /// <summary>The names that it watches.</summary>
    public IReadOnlyList<WatchedName> Watched
    {
        get
        {
            lock (_gate)
            {
                return [.. _watched.Select(its => new WatchedName(its.Key, its.Value))];
            }
        }
    }

    /// <summary>It has a user from here on: direct messages up to a number are not for it.</summary>
    public void BeginDirects(long lastDirect) => (_lastDirect, _lastOwn) = (Math.Max(_lastDirect, lastDirect), Math.Max(_lastOwn, lastDirect));

    /// <summary>True the first time that it is shown a direct message of history, or its own one; these have ascending numbers.</summary>
    public bool IsNew(long number, bool isOwn)
    {
        ref var last = ref isOwn ? ref _lastOwn : ref _lastDirect;
        if (number <= last)
        {
            return false;
        }

        last = number;
        return true;
    }

    /// <summary>It has asked for something.</summary>
    /// <param name="ask">The number of that, higher than those before.</param>
    public void Begin(long ask)
    {
        lock (_gate)
        {
            _unsettled.Add(ask);
        }

        Session.Begin();
    }

    /// <summary>Something that it has asked for is shown, or was refused: what waited behind that, and nothing else, goes on.</summary>
    public void End(long ask)
    {
        List<Action>? due = null;
        lock (_gate)
        {
            if (!_unsettled.Remove(ask))
            {
                return;
            }

            var first = _unsettled.Count == 0 ? long.MaxValue : _unsettled.Min;
            while (_behind.TryPeek(out var next) && next.Ask < first)
            {
                (due ??= []).Add(_behind.Dequeue().Action);
            }
        }

        Session.End();
        foreach (var action in due ?? [])
        {
            action();
        }
    }

    /// <summary>It watches a name from here on, or does no more.</summary>
    public void Watch(UserName name, bool isWatched)
    {
        lock (_gate)
        {
            _ = isWatched ? _watched.TryAdd(name, null) : _watched.Remove(name);
        }
    }

    /// <summary>It was told whether somebody is here under a name.</summary>
    public void Saw(UserName name, bool isHere)
    {
        lock (_gate)
        {
            if (_watched.ContainsKey(name))
            {
                _watched[name] = isHere;
            }
        }
    }

    private bool TryRunBehind(Action action)
    {
        lock (_gate)
        {
            if (_unsettled.Count == 0)
            {
                return false;
            }

            _behind.Enqueue((_unsettled.Max, action));
            return true;
        }
    }
}
