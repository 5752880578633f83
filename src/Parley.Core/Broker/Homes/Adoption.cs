using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Nodes;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Homes;

/// <summary>Takes over what nodes know: their users and sessions, and the rooms that these follow, as far as there is no later word of them.</summary>
/// <remarks>
/// Of its own users, a node knows best; of a room, the node that was told most of it. Who was in a room and is at none of the nodes is in it no
/// more. What a node has missed it is sent with the room.
/// </remarks>
/// <param name="parts">The parts of the broker that decides.</param>
internal sealed class Adoption(BrokerParts parts)
{
    /// <summary>Messages that a node is sent of a room at most, of those that it has missed.</summary>
    private const int MaxMissed = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes over what nodes know; those of a new home all at once, before anybody else is served.</summary>
    public async Task AdoptAsync(IReadOnlyList<(HomeNode Node, NodeSnapshot Snapshot)> nodes, CancellationToken cancellationToken)
    {
        // One user may have sessions at several nodes.
        var users = new Dictionary<long, User>();
        foreach (var (node, snapshot) in nodes)
        {
            foreach (var user in snapshot.Users.Where(user => !users.ContainsKey(user.Id)))
            {
                if (AdoptUser(user) is { } adopted)
                {
                    users[user.Id] = adopted;
                }
            }

            foreach (var session in snapshot.Sessions.Where(session => !users.ContainsKey(session.User)))
            {
                var name = snapshot.Users.FirstOrDefault(user => user.Id == session.User)?.Name;
                node.SessionOf(session.Id).Close($"Somebody else is {name} by now");
            }
        }

        var sessions = nodes.SelectMany(its => its.Snapshot.Sessions, (its, session) => (its.Node, Snapshot: session))
            .Where(its => users.ContainsKey(its.Snapshot.User)).ToList();
        foreach (var (node, snapshot) in sessions)
        {
            AdoptSession(node.SessionOf(snapshot.Id), users[snapshot.User], snapshot);
        }

        foreach (var known in nodes.SelectMany(its => its.Snapshot.Rooms, (its, room) => (its.Node, Room: room)).GroupBy(its => its.Room.Life))
        {
            var latest = known.Select(its => its.Room).MaxBy(room => (room.Version, room.LastNumber))!;
            var seats = sessions.Where(its => its.Snapshot.Rooms.Contains(known.Key)).Select(its => (its.Node, Session: its.Node.SessionOf(its.Snapshot.Id))).ToList();
            if (seats.Count > 0)
            {
                await AdoptRoomAsync(latest, known.ToDictionary(its => its.Node, its => its.Room.LastNumber), seats, cancellationToken);
            }
        }
    }

    /// <summary>The user of a snapshot, or the member of its account that is here; null if somebody else has the name.</summary>
    private User? AdoptUser(UserSnapshot snapshot)
    {
        var user = new User(snapshot.Id, snapshot.Name, snapshot.Profile, snapshot.SignedOn);
        user.Become(snapshot);
        user.Spoke(snapshot.LastSpoke);
        lock (user.Gate)
        {
            if (snapshot.Profile.Login is { } login && !parts.Members.TryClaim(login.Id, user))
            {
                return parts.Members.Find(login.Id) is { IsGone: false } member ? member : null;
            }

            if (parts.Names.Claim(snapshot.Name, user) != Verdict.Accepted)
            {
                parts.Members.Release(snapshot.Profile.Login, user);
                return null;
            }
        }

        parts.Counter.Came(user.Profile);
        parts.Watch.Tell(user.Actor, isHere: true);
        return user;
    }

    private void AdoptSession(Session session, User user, SessionSnapshot snapshot)
    {
        lock (user.Gate)
        {
            user.Add(session);
            (session.FollowsAll, session.IsStandIn) = (snapshot.FollowsAll, snapshot.IsStandIn);
            if (user.Id == snapshot.User)
            {
                session.Adopt(user);
            }
            else
            {
                session.User = user;
            }
        }

        foreach (var name in snapshot.Watched)
        {
            parts.Watch.Add(session, name);
        }
    }

    private async Task AdoptRoomAsync(
        RoomSnapshot latest, Dictionary<HomeNode, long> lastNumbers, List<(HomeNode Node, Session Session)> seats, CancellationToken cancellationToken)
    {
        var numbers = await NumbersAsync(latest.Name, cancellationToken);
        var room = parts.Rooms.Adopt(latest);
        var members = seats.GroupBy(seat => seat.Session.User!).Select(its => (User: its.Key, Rank: RankIn(latest, its.Key.Id))).ToList();
        foreach (var (user, rank) in members)
        {
            room.Adopt(new RoomAsk(user.Sessions[0], isBehind: false) { Now = parts.Now() }, user, rank, numbers, latest.LastNumber);
        }

        foreach (var its in seats.GroupBy(seat => seat.Node))
        {
            while (true)
            {
                var upTo = room.LastNumber;
                var missed = await MissedAsync(room, lastNumbers.GetValueOrDefault(its.Key), upTo, cancellationToken);
                var ask = new RoomAsk(its.First().Session, isBehind: false) { Now = parts.Now() };
                if (await room.TrySeatAsync(ask, [.. its.Select(seat => seat.Session)], upTo, state => Tell(its.Key, its, latest, state, missed)))
                {
                    break;
                }
            }
        }
    }

    /// <summary>Tells a node of a room: of the one that it knows, or of another that has its name by now.</summary>
    private static void Tell(
        HomeNode node, IEnumerable<(HomeNode Node, Session Session)> seats, RoomSnapshot known, RoomSnapshot state, IReadOnlyList<HistoryEntry> missed)
    {
        if (state.Life == known.Life)
        {
            node.Send(new Resynced(state, missed));
            return;
        }

        foreach (var (_, session) in seats)
        {
            node.Send(new Unseated(session.Id, known.Life));
            node.Send(new Seated(session.Id, state.Life, session.User!.Actor, state));
        }
    }

    private static MemberRank RankIn(RoomSnapshot room, long user) => room.Members.FirstOrDefault(member => member.Actor.UserId == user).Rank;

    private async Task<IReadOnlyList<HistoryEntry>> MissedAsync(Room room, long after, long upTo, CancellationToken cancellationToken)
    {
        if (parts.History is not { } history || after >= upTo)
        {
            return [];
        }

        var query = new HistoryQuery(room.Name) { After = after, Before = upTo + 1, Limit = MaxMissed };
        return await PatientlyAsync(async () => (IReadOnlyList<HistoryEntry>?)await history.ReadAsync(room, query, cancellationToken), cancellationToken);
    }

    private async Task<RoomNumbers?> NumbersAsync(RoomName room, CancellationToken cancellationToken)
        => parts.History is not { } history ? null : await PatientlyAsync(async () => await history.NumbersAsync(room, cancellationToken), cancellationToken);

    /// <summary>Until history can be read nothing is decided.</summary>
    private async Task<T> PatientlyAsync<T>(Func<Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            try
            {
                if (await read() is { } found)
                {
                    return found;
                }
            }
            catch (HistoryException)
            {
                // It is tried again, as long as anybody wants it.
            }

            await Task.Delay(Pause, parts.Time, cancellationToken);
        }
    }
}
