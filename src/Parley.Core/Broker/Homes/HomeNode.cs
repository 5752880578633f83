using System.Collections.Concurrent;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Nodes;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Homes;

/// <summary>A node of a cluster, as the home sees it: its sessions stand here without connections, and what they are shown is sent there.</summary>
/// <remarks>
/// An event of a room is sent once, however many sessions of the node follow the room: the node encodes it for each of their protocols and
/// gives it to them. All that is sent has one order, which is that of the decisions.
/// </remarks>
/// <param name="broker">Decides.</param>
/// <param name="generation">Generation of the node.</param>
/// <param name="send">Sends to the node, in the order of the calls, which come under gates: MUST NOT block, throw, or call back into the core.</param>
internal sealed class HomeNode(LocalBroker broker, long generation, Action<NodeEvent> send) : ISessionNode, INodeFeed
{
    private readonly ConcurrentDictionary<SessionId, Session> _sessions = new();
    private readonly BrokerParts _parts = broker.Parts;

    // The last request of each session that waits for one that another home may have decided. Whoever receives looks at it, and nobody else.
    private readonly Dictionary<SessionId, Task> _waiting = [];

    // Lock tier 4: taken last, nothing is taken inside. Direct messages go behind those that the node has missed, and so they wait here until it was sent these.
    private readonly Lock _directs = new();
    private List<ShownTo>? _held = [];
    private long _toldDirects;
    private volatile bool _isSilent;
    private readonly RecentKicks _kicks = new();

    private NodeFlavor Flavor => field ??= new NodeFlavor(this);

    /// <summary>The sessions of the node, as they stand here.</summary>
    public ICollection<Session> Sessions => _sessions.Values;

    /// <summary>Generation of the node.</summary>
    public long Generation => generation;

    /// <summary>True if its sessions and their rooms were taken over: from then on the home knows best where they are.</summary>
    public bool IsAdopted { get; set; }

    /// <summary>Knowledge that the home has of its sessions from the link before, until they are taken over; null if there was none.</summary>
    public FormerLink? Former { get; set; }

    /// <summary>Sends something to the node.</summary>
    public void Send(NodeEvent what)
    {
        if (!_isSilent)
        {
            send(what);
        }
    }

    /// <summary>Sends nothing any more.</summary>
    public void Silence() => _isSilent = true;

    /// <summary>True if nothing is sent any more.</summary>
    public bool IsSilent => _isSilent;

    /// <summary>The node was sent all direct messages that it has missed: from here on it is sent others, first those that came meanwhile.</summary>
    public void HasCaughtUp()
    {
        lock (_directs)
        {
            foreach (var held in _held ?? [])
            {
                Send(held);
            }

            _held = null;
        }

        TellProgress();
    }

    /// <summary>Tells the node how far direct messages have come, so that another home need not look further back.</summary>
    public void TellProgress()
    {
        lock (_directs)
        {
            // What has a number up to this one was sent by now.
            if (_held is null && _parts.Directs.SentUpTo is var upTo && upTo > _toldDirects)
            {
                _toldDirects = upTo;
                Send(new ToldDirects(upTo));
            }
        }
    }

    /// <summary>Takes what the node has sent, one call at a time. Messages of one session come without waiting for each other, and are decided in their order.</summary>
    public void Receive(NodeRequest request)
        => _ = request switch
        {
            Gone its => CompleteAsync(its.Session),
            Asked { IsAgain: true } its => AnswerAsync(its.Ask, InTurnAsync(its.Session, () => IsDoneAsync(its), isDone => isDone ? AcceptAsync(its) : DecideAsync(its))),
            Asked its when IsBehind(its.Session) => AnswerAsync(its.Ask, InTurnAsync(its.Session, () => new(false), _ => DecideAsync(its))),
            Asked its => AnswerAsync(its.Ask, DecideAsync(its)),
            Looked its => AnswerAsync(its.Ask, LookAsync(its)),
            Detached its when IsBehind(its.Session) => AnswerAsync(its.Ask, InTurnAsync(its.Session, () => new(false), _ => DetachAsync(its))),
            Detached its => AnswerAsync(its.Ask, DetachAsync(its)),
            _ => throw new ArgumentException($"No node sends {request.GetType().Name}", nameof(request)),
        };

    /// <summary>The session of an id, which stands here from its first intention on.</summary>
    public Session SessionOf(SessionId id)
    {
        if (_sessions.TryGetValue(id, out var found))
        {
            return found;
        }

        var session = new Session(Flavor, this, id);
        session.Connection = new Connection(this, id, session);
        _sessions[id] = session;
        _parts.Sessions.Add(session, id);
        return session;
    }

    /// <summary>The node is gone: its sessions end.</summary>
    /// <param name="reason">Reason that others are told.</param>
    /// <returns>Completes when everybody is shown it.</returns>
    public async Task EndAsync(string reason)
    {
        foreach (var id in _sessions.Keys)
        {
            await DetachAsync(id, reason);
        }
    }

    /// <summary>The node comes again over another link: its sessions end here, to be taken over there.</summary>
    /// <param name="heir">The node, over that link.</param>
    /// <param name="reason">Reason that others are told.</param>
    /// <returns>Completes when everybody is shown it.</returns>
    public async Task EndAsync(HomeNode heir, string reason)
    {
        var former = heir.Former = new FormerLink(_kicks);
        former.Begin(_sessions.Values);
        foreach (var (id, session) in _sessions)
        {
            session.Ended = _ => former.Leaves(id, session);
            await DetachAsync(id, reason);
            former.HasLeft(id, session);
        }
    }

    void ISessionNode.Show(Session session, Shown what)
    {
        switch (what)
        {
            case RenamingTold its:
                Send(new RenamedFor(IdOf(session), LifeOf(session, its.Room), its.Entry, its.Self, its.IsOwn));
                break;
            case Direct { Message.IsKept: true } or DirectEcho { Message.IsKept: true }:
                SendDirect(new ShownTo(IdOf(session), what));
                break;
            default:
                Send(new ShownTo(IdOf(session), what));
                break;
        }
    }

    void ISessionNode.UserIs(Session session)
    {
        // What was sent before it came is not for it.
        TellProgress();
        Send(new UserIs(IdOf(session), session.User?.ToSnapshot()));
    }

    void ISessionNode.Seat(RoomPlace place, Welcome what, Func<RoomSnapshot>? room)
        => Send(new Seated(IdOf(place.Session), place.Room.Life, what.Self, room?.Invoke(), what.IsOwn));

    void ISessionNode.Unseat(RoomPlace place) => Send(new Unseated(IdOf(place.Session), place.Room.Life));

    void INodeFeed.Happened(RoomLife room, RoomEvent entry, long audience, long[] told, long author)
    {
        if (entry is MemberKicked kick)
        {
            _kicks.Add(room, kick);
        }

        Send(new Happened(room, entry, audience, new SessionId(author))
        {
            Told = told.Length == 0 ? [] : [.. told.Select(owner => new SessionId(owner)).Where(_sessions.ContainsKey)],
        });
    }

    void INodeFeed.Folded(RoomLife room, RoomEvent entry) => Send(new Folded(room, entry));

    void INodeFeed.Advance(RoomLife room) => Send(new Advanced(room));

    private void SendDirect(ShownTo what)
    {
        lock (_directs)
        {
            if (_held is not null)
            {
                _held.Add(what);
            }
            else
            {
                Send(what);
            }
        }
    }

    // The broker forgets the id of a session before the last that it is shown.
    private static SessionId IdOf(Session session) => new(session.Outbox.Owner);

    private static RoomLife LifeOf(Session session, IRoomView room)
        => Array.Find(session.Subscriptions, place => place.Room.Name == room.Name)?.Room.Life ?? default;

    private Task CompleteAsync(SessionId id)
    {
        _sessions.GetValueOrDefault(id)?.Outbox.Complete();
        return Task.CompletedTask;
    }

    private async Task AnswerAsync(long ask, Task answer)
    {
        try
        {
            await answer;
        }
        catch (HistoryException fault)
        {
            Send(new Failed(ask, FailedPart.History, fault.Message));
        }
        catch (AccountStoreException fault)
        {
            Send(new Failed(ask, FailedPart.Accounts, fault.Message));
        }
        catch (RoomRegistryException fault)
        {
            Send(new Failed(ask, FailedPart.Registry, fault.Message));
        }
        catch (Exception fault)
        {
            // Whatever it is, somebody at the node waits for it.
            Send(new Failed(ask, FailedPart.Broker, fault.Message));
        }
    }

    private Task DecideAsync(Asked request)
    {
        var session = request.Session.Value > 0 ? SessionOf(request.Session) : null;
        if (session?.CloseReason is not null)
        {
            // Its node may not know that yet, and at whose session this was typed may have no right to it any more.
            Send(new Decided(request.Ask, new Decision(Verdict.SignedOut) { Missing = (request.What as SendDirect)?.Recipients }));
            return Task.CompletedTask;
        }

        return session is not null && request.What is Post post ? PostAsync(request.Ask, session, post) : DecideAsync(request.Ask, request.Session, request.What);
    }

    private bool IsBehind(SessionId session)
    {
        if (!_waiting.TryGetValue(session, out var last))
        {
            return false;
        }

        if (last.IsCompleted)
        {
            _waiting.Remove(session);
        }

        return !last.IsCompleted;
    }

    /// <summary>Looks something up, and then decides, when all that the session asked for before is decided.</summary>
    private async Task InTurnAsync(SessionId session, Func<ValueTask<bool>> look, Func<bool, Task> decide)
    {
        var last = _waiting.GetValueOrDefault(session, Task.CompletedTask);
        var decided = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[session] = decided.Task;
        Task answer;
        try
        {
            await last;
            answer = decide(await look());
        }
        finally
        {
            decided.SetResult();
        }

        await answer;
    }

    /// <summary>Decides what another home may have decided already: that it is so is no reason to refuse it.</summary>
    private Task AcceptAsync(Asked request)
    {
        Send(new Decided(request.Ask, new Decision(Verdict.Accepted)));
        return Task.CompletedTask;
    }

    private async ValueTask<bool> IsDoneAsync(Asked request)
    {
        var session = request.Session.Value > 0 ? SessionOf(request.Session) : null;
        return request.What switch
        {
            Post its => await IsKeptAsync(its.Draft.Origin),

            // Its node was shown it, as it was to whom it has not reached, with all else that was missed.
            SendDirect its => await IsKeptAsync(its.Draft.Origin),
            SignIn => session?.User is not null,
            Join its => session?.Find(its.Room) is not null,
            Leave its => session?.Find(its.Room) is null,
            Rename its => session?.User is { } user && user.Name.IsSpelledLike(its.NewName),
            _ => false,
        };
    }

    private async ValueTask<bool> IsKeptAsync(PostOrigin origin)
        => !origin.IsNone && _parts.History?.Store is ISharedHistory history && (await history.FindOriginsAsync([origin])).Count > 0;

    private async Task DecideAsync(long ask, SessionId who, Intention what)
    {
        var decision = await broker.AskAsync(who, what);
        if (what is SendDirect)
        {
            // Whoever knows the decision has been shown what comes of it.
            TellProgress();
        }

        Send(new Decided(ask, decision));
    }

    private async Task PostAsync(long ask, Session session, Post what)
    {
        var posting = broker.Post(session, what with { IsAwaited = true });
        if (what.IsAwaited || posting.Verdict != Verdict.Accepted)
        {
            Send(new Decided(ask, await posting.WhenShownAsync()));
            return;
        }

        if (posting.Wait is { } wait)
        {
            await wait;
        }

        Send(new Decided(ask, new Decision(Verdict.Accepted), IsSettled: posting.Shown is null));
        if (posting.Shown is { } shown)
        {
            await shown;
            Send(new Settled(ask));
        }
    }

    private async Task LookAsync(Looked request)
    {
        // Whose session is to end sees what anybody may.
        var viewer = _sessions.GetValueOrDefault(request.Session)?.CloseReason is null ? request.Session : SessionId.Anybody;
        Send(new Answered(request.Ask, await _parts.Queries.LookAsync(viewer, request.What, CancellationToken.None), request.What.AnswerType));
    }

    private async Task DetachAsync(Detached request)
    {
        await DetachAsync(request.Session, request.Reason);
        Send(new Decided(request.Ask, new Decision(Verdict.Accepted)));
    }

    private async Task DetachAsync(SessionId id, string reason)
    {
        await broker.DetachAsync(id, reason);
        _sessions.TryRemove(id, out _);
    }

    private sealed class Connection(HomeNode node, SessionId id, Session session) : ISessionConnection
    {
        public void End() => node.Send(new Closed(id, session.CloseReason ?? "", session.QuitReason));

        public void CutOff()
        {
        }
    }
}
