using System.Text.Json;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Nodes;
using Parley.Core.Nodes.Wire;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Homes;

/// <summary>Takes out of a broker all that no store has, and makes another one, in another process, go on with it: nobody has come or gone by that.</summary>
/// <param name="broker">The broker.</param>
public sealed class BrokerHandover(LocalBroker broker)
{
    /// <summary>The away message of somebody who is not connected; it ends when somebody comes back.</summary>
    public const string NotHere = UserDecisions.NotHere;

    private readonly BrokerParts _parts = broker.Parts;
    private readonly Dictionary<long, SessionSnapshot> _waiting = [];
    private readonly Dictionary<long, User> _users = [];
    private readonly Dictionary<RoomLife, Room> _rooms = [];

    /// <summary>The sessions that nobody has adopted yet, in no particular order.</summary>
    public IReadOnlyList<AbsentSession> Waiting
        => [.. _waiting.Values.Where(its => _users.ContainsKey(its.User))
            .Select(its => new AbsentSession(its.Id.Value, _users[its.User].Profile.Login, its.IsStandIn) { HasOthers = _users[its.User].HasPeople })];

    /// <summary>All that the broker, which MUST have stopped, knows. From here on no session of it ends.</summary>
    public byte[] Take()
    {
        broker.HandOver();
        Session[] sessions = [.. _parts.Sessions.All().Where(session => session is { User: not null, IsSignedOut: false }).OrderBy(session => session.Id.Value)];
        return NodeFrame.Write(new BrokerSnapshot(
            [.. sessions.Select(session => session.User!).Distinct().Select(user => user.ToSnapshot())],
            [.. sessions.Select(ToSnapshot)],
            [.. _parts.Rooms.All().Where(room => !room.IsClosed).Distinct().Select(room => room.HandOver())],
            _parts.Counter.Count(rooms: 0).MaxUsers));
    }

    /// <summary>Has everybody and all rooms be here as they were. Before anybody else comes.</summary>
    /// <param name="state">The state that <see cref="Take"/> has given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JsonException">It is no state of a broker.</exception>
    /// <exception cref="HistoryException">Nobody can say where the numbers of a room go on.</exception>
    public async Task RestoreAsync(ReadOnlyMemory<byte> state, CancellationToken cancellationToken)
    {
        var snapshot = NodeFrame.ReadBroker(state.Span);
        foreach (var user in snapshot.Users)
        {
            if (Restore(user) is { } restored)
            {
                _users[user.Id] = restored;
            }
        }

        foreach (var handed in snapshot.Rooms)
        {
            // Of a name that this server does not allow any more nobody is a member.
            RoomMember[] members = [.. handed.Room.Members.Where(member => _users.ContainsKey(member.Actor.UserId))];
            if (members.Length == 0 && handed.Room.Registration is null)
            {
                continue;
            }

            var numbers = _parts.History is not { } history ? null
                : await history.NumbersAsync(handed.Room.Name, cancellationToken) ?? throw new HistoryException($"History of {handed.Room.Name} cannot be read");
            var room = _parts.Rooms.Restore(handed.Room with { Members = members });
            room.GoOn(handed, numbers);
            _rooms[handed.Room.Life] = room;
        }

        foreach (var session in snapshot.Sessions)
        {
            _waiting[session.Id.Value] = session;
        }

        if (_parts.History is not null)
        {
            await _parts.History.NumbersAsync(room: default, cancellationToken);
        }

        _parts.Counter.NotBelow(snapshot.MaxUsers);
    }

    /// <summary>Has a session, which is nobody's yet, go on as one that was handed over. False: its user could not be kept.</summary>
    /// <param name="session">The session, with the flavor in which its reader has been shown rooms.</param>
    /// <param name="known">The id of that one.</param>
    public bool TryAdopt(Session session, long known)
    {
        if (!_waiting.Remove(known, out var snapshot) || !_users.TryGetValue(snapshot.User, out var user))
        {
            return false;
        }

        lock (user.Gate)
        {
            (session.FollowsAll, session.IsStandIn) = (snapshot.FollowsAll, session.IsStandIn || snapshot.IsStandIn);
            session.HoldsRights = snapshot.HoldsRights;
            user.Add(session);
            session.User = user;
            broker.Take(session);
            foreach (var life in snapshot.Rooms)
            {
                if (_rooms.TryGetValue(life, out var room))
                {
                    room.Seat(session);
                }
            }
        }

        foreach (var watched in snapshot.Watched)
        {
            _parts.Watch.Add(session, watched.Name);
        }

        return true;
    }

    private SessionSnapshot ToSnapshot(Session session) => new(
        session.Id,
        session.User!.Id,
        [.. session.Followed.Select(place => place.Room.Life)],
        [.. _parts.Watch.Watched(session).Select(name => new WatchedName(name, IsHere: null))],
        session.FollowsAll,
        session.IsStandIn)
    {
        HoldsRights = session.HoldsRights,
    };

    /// <summary>The user of a snapshot; null if this server does not take its name.</summary>
    private User? Restore(UserSnapshot snapshot)
    {
        var user = new User(snapshot.Id, snapshot.Name, snapshot.Profile, snapshot.SignedOn);
        user.Become(snapshot);
        user.Spoke(snapshot.LastSpoke);
        lock (user.Gate)
        {
            if (snapshot.Profile.Login is { } login && !_parts.Members.TryClaim(login.Id, user))
            {
                return null;
            }

            if (_parts.Names.Claim(snapshot.Name, user) != Verdict.Accepted)
            {
                _parts.Members.Release(snapshot.Profile.Login, user);
                return null;
            }
        }

        _parts.Counter.Came(user.Profile);
        return user;
    }
}
