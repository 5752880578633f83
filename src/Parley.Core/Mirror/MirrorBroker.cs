using System.Collections.Concurrent;
using System.IO.Pipelines;
using Parley.Core.Broker;
using Parley.Core.Broker.History;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Nodes;
using Parley.Core.Queries;

namespace Parley.Core.Mirror;

/// <summary>The broker of a node whose rooms are decided elsewhere: it sends on what sessions ask, and shows them here what comes of it.</summary>
/// <remarks>
/// What the home sends is taken in one by one, in its order, by <see cref="TakeAsync"/>. What sessions have asked for and is not settled stays
/// here until it is, so that it can be sent again to another home.
/// </remarks>
internal sealed class MirrorBroker : IBroker, IRoomPast
{
    /// <summary>Bits of a session's id that are the node's own; those above are its generation.</summary>
    public const int SessionBits = 40;

    private readonly PendingAsks _asks = new();
    private readonly ConcurrentDictionary<SessionId, MirrorSession> _sessions = new();
    private readonly MirrorStage _stage;
    private readonly CatchUp? _catchUp;
    private readonly long _node;
    private long _lastSession;
    private Action<NodeRequest>? _greeted;
    private volatile bool _stopping;
    private volatile bool _isAbandoned;

    /// <summary>A mirror without sessions.</summary>
    /// <param name="flushes">Flushes rooms.</param>
    /// <param name="keepsHistory">Whether what is said is kept.</param>
    /// <param name="node">Generation of the node, which no other node of the cluster has, ever.</param>
    /// <param name="time">The clock.</param>
    public MirrorBroker(PipeScheduler flushes, bool keepsHistory, long node, TimeProvider time)
    {
        _node = node;
        _lastSession = node << SessionBits;
        _stage = new MirrorStage(_sessions, _asks, node, flushes, time);
        _catchUp = keepsHistory ? new CatchUp(this) : null;
    }

    /// <inheritdoc/>
    public bool KeepsHistory => _catchUp is not null;

    /// <inheritdoc/>
    public SessionId Attach(Session session)
    {
        if (session.Id == default)
        {
            session.Id = new SessionId(Interlocked.Increment(ref _lastSession));
            session.Outbox.CatchUp = session.Outbox.Overflow == OverflowPolicy.TellAndCatchUp ? _catchUp : null;
            _sessions[session.Id] = new MirrorSession(session);
            var id = session.Id;
            session.Outbox.Ended.Register(() => _asks.Tell(new Gone(id)));
        }

        return session.Id;
    }

    /// <inheritdoc/>
    public async ValueTask DetachAsync(SessionId who, string reason = "")
    {
        if (!_sessions.TryGetValue(who, out var its))
        {
            return;
        }

        if (its.Session.User is not null)
        {
            its.Session.Ended?.Invoke([.. its.Session.Followed.Select(place => place.Room.Life)]);
        }

        if (!_isAbandoned)
        {
            await AskAsync(its, ask => new Detached(ask, who, reason), CancellationToken.None);
        }

        _sessions.TryRemove(who, out _);
        its.Session.Id = default;
    }

    /// <inheritdoc/>
    public async ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default)
    {
        if (_stopping)
        {
            return new Decision(Verdict.Stopping) { Missing = (what as SendDirect)?.Recipients };
        }

        var its = _sessions.GetValueOrDefault(who);
        if (its is null || what is not Join { Replay: > 0 } join)
        {
            var decision = await AskAsync(its, ask => new Asked(ask, who, Mark(what, ask)), cancellationToken);
            Note(its, what, decision);
            return decision;
        }

        // What was said before is read from here: to the home, the session is shown nothing of it.
        its.Replays = KeepsHistory ? join.Replay : 0;
        var joined = await AskAsync(its, ask => new Asked(ask, who, join with { Replay = 0 }), cancellationToken);
        var replay = its.Replay;
        (its.Replays, its.Replay) = (0, null);
        if (joined.Verdict == Verdict.Accepted && replay is { UpTo: > 0 })
        {
            await _catchUp!.ReplayAsync(its.Session, replay, join.Replay);
        }

        return joined;
    }

    /// <inheritdoc/>
    public async ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default)
    {
        var answer = await _asks.AskAsync<object?>(null, ask => new Looked(ask, who, what), typeof(T)).WaitAsync(cancellationToken);
        if (what is FindUser find)
        {
            _sessions.GetValueOrDefault(who)?.Saw(find.Name, isHere: answer is not null);
        }

        return (T)answer!;
    }

    /// <inheritdoc/>
    public async ValueTask StopAsync()
    {
        _stopping = true;
        await _asks.WhenSettledAsync();

        if (_greeted is not null)
        {
            // Behind the answer to a question is nothing that was decided before it.
            try
            {
                await LookAsync(SessionId.Anybody, new CountUsers());
            }
            catch (HistoryException)
            {
                // The home is gone, so nothing more comes from it either.
            }
        }

        _stage.FlushAll();
    }

    /// <summary>No home decides for anybody here ever again: nobody waits for one.</summary>
    public void Abandon()
    {
        (_stopping, _isAbandoned, _greeted) = (true, true, null);
        _asks.Abandon();
    }

    /// <summary>Counts the sessions here and their users, and the rooms that they follow.</summary>
    public BrokerCensus Census() => BrokerCensus.Of(_sessions.Values.Select(its => its.Session.User).OfType<User>().Distinct(), _stage.Rooms);

    /// <summary>Goes to a home: sends it all that is known here. What sessions ask for waits until it has taken that over.</summary>
    /// <param name="send">Sends to the home, in the order of the calls: MUST NOT block, throw, or call back.</param>
    public void Greet(Action<NodeRequest> send)
    {
        _greeted = send;
        _stage.Begin();
        send(new Hello(_stage.ToSnapshot()));
    }

    /// <summary>The home is gone: what sessions ask for waits for the next. Where the server stops, nothing does: the home sees that the node has gone, and who with it.</summary>
    public void Leave()
    {
        _greeted = null;
        if (_stopping)
        {
            _asks.Abandon();
        }
        else
        {
            _asks.Close();
        }
    }

    /// <summary>Type of the answer to a question; null if nobody waits for it.</summary>
    public Type? AnswerTypeOf(long ask) => _asks.AnswerTypeOf(ask);

    /// <summary>Takes in what the home has sent next; completes when more may come.</summary>
    public ValueTask TakeAsync(NodeEvent what)
    {
        switch (what)
        {
            case Adopted when _greeted is { } send:
                _stage.End();
                _asks.Open(send);
                return default;
            case Decided its:
                _asks.Decided(its);
                return default;
            case Settled its:
                _asks.Settled(its.Ask);
                return default;
            case Answered its:
                _asks.Answered(its);
                return default;
            case Failed its:
                _asks.Failed(its);
                return default;
            default:
                return _stage.TakeAsync(what);
        }
    }

    ValueTask<IReadOnlyList<HistoryEntry>> IRoomPast.ReadAsync(Session session, RoomFeed room, HistoryQuery query)
        => ReadAsync(session, new ReadRoom(query with { Room = room.Name }));

    private async ValueTask<IReadOnlyList<HistoryEntry>> ReadAsync(Session session, ReadRoom what)
        => await LookAsync(session.Id, what) ?? [];

    private async ValueTask<Decision> AskAsync(MirrorSession? its, Func<long, NodeRequest> request, CancellationToken cancellationToken)
        => await _asks.AskAsync<Decision>(its, request, typeof(Decision)).WaitAsync(cancellationToken);

    /// <summary>A message with the mark by which it is recognised where it is sent again.</summary>
    private Intention Mark(Intention what, long ask) => what switch
    {
        Post its when its.Draft.IsKept => its with { Draft = its.Draft with { Origin = new PostOrigin(_node, ask) } },
        SendDirect its when its.Draft.IsKept => its with { Draft = its.Draft with { Origin = new PostOrigin(_node, ask) } },
        _ => what,
    };

    private static void Note(MirrorSession? its, Intention what, in Decision decision)
    {
        if (decision.Verdict != Verdict.Accepted || its is null)
        {
            return;
        }

        if (what is FollowAll follow)
        {
            its.FollowsAll = follow.IsOn;
        }
        else if (what is UpdateProfile update)
        {
            its.HoldsRights = update.Profile.IsOperator && (its.HoldsRights || update.Profile.Rights != update.Seen?.Rights);
        }
        else if (what is Watch or Unwatch)
        {
            its.Watch(what is Watch watch ? watch.Name : ((Unwatch)what).Name, what is Watch);
        }
    }
}
