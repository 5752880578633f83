using System.Collections.Concurrent;
using System.IO.Pipelines;
using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Nodes;
using Parley.Core.Queries;

namespace Parley.Core.Mirror;

/// <summary>The rooms and users that sessions here are shown. One call at a time.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="asks">What they have asked for and is not settled.</param>
/// <param name="node">Generation of the node.</param>
/// <param name="flushes">Flushes rooms.</param>
/// <param name="time">The clock.</param>
internal sealed class MirrorStage(
    ConcurrentDictionary<SessionId, MirrorSession> sessions, PendingAsks asks, long node, PipeScheduler flushes, TimeProvider time)
{
    /// <summary>Audiences that are remembered: an event about a user stands in all its rooms at nearly the same time.</summary>
    private const int MaxAudiences = 64;

    private readonly Dictionary<RoomLife, MirrorRoom> _rooms = [];
    private readonly Dictionary<long, User> _users = [];
    private readonly Dictionary<(Type Kind, long Number), OncePerSession> _audiences = [];
    private readonly Queue<(Type Kind, long Number)> _audienceOrder = new();

    // While a home tells of all rooms.
    private NameChanges? _names;
    private long _lastDirect;

    /// <summary>Number of rooms that somebody here follows.</summary>
    public int Rooms { get; private set; }

    /// <summary>Another home tells from here on, which numbers audiences in its own way, and may tell of the same users again.</summary>
    public void Begin()
    {
        _audiences.Clear();
        _audienceOrder.Clear();
        _names = null;
    }

    /// <summary>The home has told of all rooms.</summary>
    public void End() => _names = null;

    /// <summary>Shows sessions something; completes when more may come.</summary>
    public ValueTask TakeAsync(NodeEvent what)
    {
        switch (what)
        {
            case Happened its when _rooms.TryGetValue(its.Room, out var room):
                var audience = AudienceOf(typeof(RoomEvent), its.Audience, its.Told);
                _names?.Happens(room, its.Entry, audience);
                room.Show(its.Entry, audience, Find(its.Author)?.Find(room), out var wait);
                return wait is null ? default : new(wait);
            case Folded its when _rooms.TryGetValue(its.Room, out var room):
                room.TakeIn(its.Entry);
                break;
            case Advanced its when _rooms.TryGetValue(its.Room, out var room):
                room.AdvanceAll();
                break;
            case Resynced its when _rooms.TryGetValue(its.Known, out var room):
                _rooms.Remove(its.Known);
                _rooms[its.Room.Life] = room;
                Resync(room, its);
                break;
            case UserIs its:
                SetUser(its);
                break;
            case Seated its:
                Seat(its);
                break;
            case Unseated its:
                Unseat(its);
                break;
            case ToldDirects its:
                _lastDirect = Math.Max(_lastDirect, its.UpTo);
                break;
            case ShownTo its when sessions.TryGetValue(its.Session, out var mirrored):
                Show(mirrored, its.What);
                break;
            case RenamedFor its when _rooms.TryGetValue(its.Room, out var room) && Find(its.Session)?.Find(room) is { } place:
                room.TellName(place, its.Entry, its.Self, its.IsOwn);
                break;
            case Closed its:
                Find(its.Session)?.Close(its.Reason, its.QuitReason);
                break;
        }

        return default;
    }

    /// <summary>All that is known here, as data. None MUST be taken in meanwhile.</summary>
    public NodeSnapshot ToSnapshot()
    {
        var signedIn = sessions.Values.Where(its => its.Session.User is not null).OrderBy(its => its.Session.Id.Value).ToList();
        return new NodeSnapshot(
            [.. signedIn.Select(its => its.Session.User!).Distinct().Select(user => user.ToSnapshot())],
            [.. signedIn.Select(its => new SessionSnapshot(its.Session.Id, its.Session.User!.Id, [.. its.Session.Followed.Select(place => place.Room.Life)], its.Watched, its.FollowsAll, its.Session.IsStandIn) { HoldsRights = its.HoldsRights })],
            [.. _rooms.Values.Select(room => room.ToSnapshot())])
        {
            LastDirect = _lastDirect,
        };
    }

    /// <summary>Sends everybody what they have not had.</summary>
    public void FlushAll()
    {
        foreach (var room in _rooms.Values)
        {
            room.Flush();
        }
    }

    private Session? Find(SessionId id) => sessions.GetValueOrDefault(id)?.Session;

    private void Show(MirrorSession mirrored, Shown what)
    {
        var session = mirrored.Session;
        if (what switch { Direct its => its.Message, DirectEcho its => its.Message, _ => null } is { IsKept: true } message)
        {
            // The same one may come for several sessions: only that another comes tells that it has come for all.
            _lastDirect = Math.Max(_lastDirect, message.Number - 1);
            if (!mirrored.IsNew(message.Number, isOwn: what is DirectEcho) || Restore(mirrored, what) is not { } wanted)
            {
                // A new home tells again what the last one may have told.
                return;
            }

            what = wanted;
        }
        else if (what is Presence { User.Name: var name, IsHere: var isHere })
        {
            mirrored.Saw(name, isHere);
        }

        session.Advance();
        session.Append(what, messages: what is Told { Entry.Room.IsEmpty: false } or Echo or Direct or DirectEcho ? 1 : 0);
        session.Outbox.ScheduleSend();
    }

    private void Seat(Seated its)
    {
        if (its.State is not null)
        {
            _names?.Expect(its.State.Members);
            _rooms[its.Room] = new MirrorRoom(its.State, flushes);
            Rooms = _rooms.Count;
        }

        if (sessions.TryGetValue(its.Session, out var mirrored) && _rooms.TryGetValue(its.Room, out var room))
        {
            var session = mirrored.Session;
            session.Advance();
            var place = new RoomPlace(session, room);
            session.Add(place);
            var replay = its.IsOwn && mirrored.Replays > 0 ? new Replay() : null;
            mirrored.Replay = replay ?? mirrored.Replay;
            room.Seat(place, its.Self, replay, its.IsOwn);
            session.Outbox.ScheduleSend();
        }
    }

    private void Unseat(Unseated its)
    {
        if (!_rooms.TryGetValue(its.Room, out var room))
        {
            return;
        }

        if (Find(its.Session) is { } session && Array.Find(session.Subscriptions, place => place.Room == room) is { } left)
        {
            room.Unseat(left);
            session.Outbox.ScheduleSend();
        }

        if (room.IsUnread)
        {
            _rooms.Remove(its.Room);
            Rooms = _rooms.Count;
        }
    }

    private void Resync(MirrorRoom room, Resynced its)
    {
        _names ??= new NameChanges(_rooms.Values, time);
        var waiting = its.Missed.Count == 0 ? [] : asks.Requests.OfType<Asked>().Where(asked => asked.What is Post).ToList();
        room.ShowMissed(its.Missed.Select(entry => Restore(room, entry, waiting)).ToList());
        _names.Expect(its.Room.Members);
        room.Resync(its.Room, Services.Actor, time.GetUtcNow(), entry => entry switch
        {
            // One new home tells of all rooms: whoever shares several with the user hears of it once, and the user's own sessions by themselves.
            UserUpdated => AudienceOf(entry.GetType(), entry.Actor.UserId, SessionsOf(entry.Actor.UserId)),
            _ => null,
        });
        _names.HasTold(room);
    }

    private IReadOnlyList<SessionId> SessionsOf(long user) => _users.TryGetValue(user, out var found) ? [.. found.Sessions.Select(session => session.Id)] : [];

    /// <summary>The echo of a session's own direct message, where it waits to hear what became of it: as it said it, or nothing, if it wants no echo.</summary>
    private Shown? Restore(MirrorSession mirrored, Shown what)
        => what is not DirectEcho { Message: { Draft.Origin: var origin } message } || origin.Node != node
            || asks.Find(origin.Counter) is not Asked { What: SendDirect { Draft: var draft } } asked || asked.Session != mirrored.Session.Id ? what
            : draft.Echo ? new DirectEcho(message with { Draft = draft })
            : null;

    /// <summary>A message as history has it; if a session here waits to hear what became of it, as that one said it.</summary>
    private (MessagePosted Message, RoomPlace? Author) Restore(MirrorRoom room, HistoryEntry entry, List<Asked> waiting)
    {
        var message = new MessagePosted(
            entry.Room, entry.Number, entry.Time, entry.Actor, new MessageDraft(entry.Kind, entry.Text) { Tags = entry.Tags })
        { IsKept = true, Life = entry.Life };
        foreach (var asked in waiting)
        {
            if (((Post)asked.What).Draft is var draft && draft.Kind == entry.Kind && draft.Text.Span.SequenceEqual(entry.Text.Span)
                && Find(asked.Session) is { User: { } user } session && user.Actor.Identity == entry.AuthorId && session.Find(room) is { } place)
            {
                waiting.Remove(asked);
                return (message with { Actor = user.Actor, Draft = draft }, place);
            }
        }

        return (message, null);
    }

    private void SetUser(UserIs its)
    {
        if (!sessions.TryGetValue(its.Session, out var mirrored))
        {
            return;
        }

        var session = mirrored.Session;
        var old = session.User;
        if (old is null)
        {
            mirrored.BeginDirects(_lastDirect);
        }

        if (its.User is not { } snapshot)
        {
            session.User = null;
        }
        else
        {
            if (!_users.TryGetValue(snapshot.Id, out var user))
            {
                _users[snapshot.Id] = user = new User(snapshot.Id, snapshot.Name, snapshot.Profile, snapshot.SignedOn);
            }

            user.Become(snapshot);
            if (old != user)
            {
                user.Add(session);
                session.User = user;
            }
        }

        if (old is not null && old != session.User)
        {
            old.Remove(session);
            if (old.Sessions.Length == 0)
            {
                _users.Remove(old.Id);
            }
        }
    }

    private OncePerSession? AudienceOf(Type kind, long number, IReadOnlyList<SessionId> alreadyTold)
    {
        if (number == 0)
        {
            return null;
        }

        if (!_audiences.TryGetValue((kind, number), out var audience))
        {
            _audiences[(kind, number)] = audience = new OncePerSession();
            _audienceOrder.Enqueue((kind, number));
            if (_audienceOrder.Count > MaxAudiences)
            {
                _audiences.Remove(_audienceOrder.Dequeue());
            }

            foreach (var told in alreadyTold)
            {
                if (Find(told) is { } session)
                {
                    audience.Exclude(session.Outbox);
                }
            }
        }

        return audience;
    }
}
