using System.Collections.Concurrent;
using System.IO.Pipelines;
using Parley.Core.Broker.History;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Nodes;
using Parley.Core.Queries;

namespace Parley.Core.Mirror;

/// <summary>The rooms and users that sessions here are shown. One call at a time.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="flushes">Flushes rooms.</param>
internal sealed class MirrorStage(ConcurrentDictionary<SessionId, MirrorSession> sessions, PipeScheduler flushes)
{
    /// <summary>Audiences that are remembered: an event about a user stands in all its rooms at nearly the same time.</summary>
    private const int MaxAudiences = 64;

    private readonly Dictionary<RoomLife, MirrorRoom> _rooms = [];
    private readonly Dictionary<long, User> _users = [];
    private readonly Dictionary<long, OncePerSession> _audiences = [];
    private readonly Queue<long> _audienceOrder = new();

    /// <summary>Shows sessions something; completes when more may come.</summary>
    public ValueTask TakeAsync(NodeEvent what)
    {
        switch (what)
        {
            case Happened its when _rooms.TryGetValue(its.Room, out var room):
                return room.Show(its.Entry, AudienceOf(its), Find(its.Author)?.Find(room)) is { } wait ? new(wait) : default;
            case Folded its when _rooms.TryGetValue(its.Room, out var room):
                room.TakeIn(its.Entry);
                break;
            case Advanced its when _rooms.TryGetValue(its.Room, out var room):
                room.AdvanceAll();
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
            case ShownTo its when Find(its.Session) is { } session:
                Show(session, its.What);
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

    /// <summary>Sends everybody what they have not had.</summary>
    public void FlushAll()
    {
        foreach (var room in _rooms.Values)
        {
            room.Flush();
        }
    }

    private Session? Find(SessionId id) => sessions.GetValueOrDefault(id)?.Session;

    private static void Show(Session session, Shown what)
    {
        session.Advance();
        session.Append(what, messages: what is Told { Entry.Room.IsEmpty: false } or Echo or Direct or DirectEcho ? 1 : 0);
        session.Outbox.ScheduleSend();
    }

    private void Seat(Seated its)
    {
        if (its.State is not null)
        {
            _rooms[its.Room] = new MirrorRoom(its.State, flushes);
        }

        if (sessions.TryGetValue(its.Session, out var mirrored) && _rooms.TryGetValue(its.Room, out var room))
        {
            var session = mirrored.Session;
            session.Advance();
            var place = new RoomPlace(session, room);
            session.Add(place);
            mirrored.Replay = mirrored.Replays > 0 ? new Replay() : null;
            room.Seat(place, its.Self, mirrored.Replay);
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
        }
    }

    private void SetUser(UserIs its)
    {
        if (Find(its.Session) is not { } session)
        {
            return;
        }

        var old = session.User;
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

    private OncePerSession? AudienceOf(Happened its)
    {
        if (its.Audience == 0)
        {
            return null;
        }

        if (!_audiences.TryGetValue(its.Audience, out var audience))
        {
            _audiences[its.Audience] = audience = new OncePerSession();
            _audienceOrder.Enqueue(its.Audience);
            if (_audienceOrder.Count > MaxAudiences)
            {
                _audiences.Remove(_audienceOrder.Dequeue());
            }

            foreach (var told in its.Told)
            {
                if (Find(told) is { } session)
                {
                    audience.TryClaim(session.Outbox);
                }
            }
        }

        return audience;
    }
}
