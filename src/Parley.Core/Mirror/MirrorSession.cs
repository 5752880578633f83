using Parley.Core.Broker.Sessions;
using Parley.Core.Names;

namespace Parley.Core.Mirror;

/// <summary>A session here, with what it has asked for elsewhere and what waits behind that.</summary>
internal sealed class MirrorSession
{
    private readonly Lock _gate = new();
    private readonly SortedSet<long> _unsettled = [];
    private readonly Queue<(long Ask, Action Action)> _behind = new();
    private readonly HashSet<UserName> _watched = [];
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

    /// <summary>The names that it watches.</summary>
    public IReadOnlyCollection<UserName> Watched
    {
        get
        {
            lock (_gate)
            {
                return [.. _watched];
            }
        }
    }

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
            _ = isWatched ? _watched.Add(name) : _watched.Remove(name);
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
