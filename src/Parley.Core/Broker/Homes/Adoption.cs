using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
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
/// more. What a node has missed it is sent with the room. Where the home was the node's before, and only their link broke, it is the home that
/// knows best: what was decided meanwhile stays.
/// </remarks>
/// <param name="parts">The parts of the broker that decides.</param>
internal sealed class Adoption(BrokerParts parts)
{
    /// <summary>Messages that are read at once.</summary>
    private const int PageSize = 1000;

    /// <summary>Times that those are put out of a room who come in again and again.</summary>
    private const int MaxRounds = 10;

    /// <summary>Takes over what nodes know; those of a new home all at once, before anybody else is served.</summary>
    public async Task AdoptAsync(IReadOnlyList<(HomeNode Node, NodeSnapshot Snapshot)> nodes, CancellationToken cancellationToken)
    {
        foreach (var (node, _) in nodes)
        {
            foreach (var (id, reason, quitReason) in node.Former?.Closed ?? [])
            {
                node.SessionOf(id).Close(reason, quitReason);
            }
        }

        // One user may have sessions at several nodes, of which one was told more than another.
        var users = new Dictionary<long, User>();
        foreach (var told in nodes.SelectMany(its => its.Snapshot.Users.SelectMany(user => Known(user, its.Node.Former?.UserOf(user.Id)))).GroupBy(user => user.Id))
        {
            if (AdoptUser(told.MaxBy(user => user.Version)!) is { } adopted)
            {
                users[told.Key] = adopted;
            }
        }

        foreach (var (node, snapshot) in nodes)
        {
            foreach (var session in snapshot.Sessions.Where(session => !users.ContainsKey(session.User)))
            {
                var name = snapshot.Users.FirstOrDefault(user => user.Id == session.User)?.Name;
                node.SessionOf(session.Id).Close($"Somebody else has been {name} meanwhile");
            }
        }

        var sessions = nodes.SelectMany(its => its.Snapshot.Sessions, (its, session) => (its.Node, Snapshot: session))
            .Where(its => users.ContainsKey(its.Snapshot.User)).ToList();
        var known = nodes.SelectMany(its => its.Snapshot.Users, (its, user) => (its.Node, User: user)).ToDictionary(its => (its.Node, its.User.Id), its => its.User);
        foreach (var (node, snapshot) in sessions)
        {
            AdoptSession(node.SessionOf(snapshot.Id), users[snapshot.User], snapshot, known[(node, snapshot.User)].Name);
        }

        foreach (var (node, snapshot) in nodes)
        {
            TellUnseated(node, snapshot);
        }

        foreach (var (node, snapshot) in sessions)
        {
            WatchOn(node.SessionOf(snapshot.Id), snapshot.Watched);
        }

        var seats = sessions.SelectMany(its => its.Snapshot.Rooms, (its, room) => (its.Node, its.Snapshot.Id, Room: room))
            .Where(its => its.Node.Former?.HasPlace(its.Id, its.Room) ?? true)
            .Select(its => (its.Node, Session: its.Node.SessionOf(its.Id), its.Room)).ToLookup(its => its.Room, its => (its.Node, its.Session));
        foreach (var told in nodes.SelectMany(its => its.Snapshot.Rooms, (its, room) => (its.Node, Room: room)).GroupBy(its => its.Room.Life))
        {
            var latest = told.Select(its => its.Node.Former?.RoomOf(told.Key)).FirstOrDefault(known => known is not null)
                ?? told.Select(its => its.Room).MaxBy(room => (room.Version, room.LastNumber))!;
            if (seats[told.Key].ToList() is { Count: > 0 } its)
            {
                await AdoptRoomAsync(latest, told.ToDictionary(known => known.Node, known => known.Room.LastMessage), its, cancellationToken);
            }
        }

        foreach (var (node, snapshot) in sessions)
        {
            TellOwn(node.SessionOf(snapshot.Id), users[snapshot.User], known[(node, snapshot.User)]);
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

            if (WasWornMeanwhile(snapshot) || parts.Names.Claim(snapshot.Name, user) != Verdict.Accepted)
            {
                parts.Members.Release(snapshot.Profile.Login, user);
                return null;
            }
        }

        parts.Counter.Came(user.Profile);
        parts.Watch.Tell(user.Actor, isHere: true);
        return user;
    }

    /// <summary>True if somebody else has had the user's name since the user was here, or since this home decides: it would have been worn twice.</summary>
    private bool WasWornMeanwhile(UserSnapshot user)
        => parts.Past.Find(user.Name) is [var last, ..] && last.Actor.UserId != user.Id && last.Actor.Identity != new Actor(user.Id, user.Name, user.Profile).Identity;

    private void AdoptSession(Session session, User user, SessionSnapshot snapshot, UserName name)
    {
        lock (user.Gate)
        {
            user.Add(session);
            (session.FollowsAll, session.IsStandIn, session.HoldsRights) = (snapshot.FollowsAll, snapshot.IsStandIn, snapshot.HoldsRights);
            if (user.Id == snapshot.User)
            {
                session.Adopt(user);
            }
            else
            {
                session.User = user;
            }
        }

        if (user.Id != snapshot.User)
        {
            // Before it is shown who is in its rooms.
            TellName(session, new Actor(snapshot.User, name), user);
        }
    }

    /// <summary>Has a session told who comes and goes, and who has come or gone while nobody could tell it.</summary>
    private void WatchOn(Session session, IReadOnlyList<WatchedName> watched)
    {
        foreach (var (name, isHere) in watched)
        {
            parts.Watch.Add(session, name);
            var user = parts.Names.Find(name);
            if (isHere != user is not null)
            {
                session.Tell(new Presence(user?.Actor ?? new Actor(0, name), IsHere: user is not null));
            }
        }
    }

    /// <summary>Tells a session what has changed about its own user that its node was not told.</summary>
    private void TellOwn(Session session, User user, UserSnapshot known)
    {
        if (user.Id != known.Id || user.ToSnapshot().Version == known.Version)
        {
            return;
        }

        // In rooms it is shown its own name among all others'.
        session.User = user;
        var old = new Actor(user.Id, known.Name, known.Profile);
        if (session.Subscriptions.Length == 0)
        {
            TellName(session, old, user);
        }

        if (user.Profile != known.Profile)
        {
            session.Tell(new Told(new UserUpdated(default, 0, parts.Now(), old with { Name = user.Name }, user.Profile), IsOwn: false));
        }
    }

    private void TellName(Session session, Actor old, User user)
    {
        if (!old.Name.IsSpelledLike(user.Name))
        {
            session.Tell(new Told(new UserRenamed(default, 0, parts.Now(), old, user.Name), IsOwn: false));
        }
    }

    private static IEnumerable<UserSnapshot> Known(UserSnapshot atNode, UserSnapshot? atHome) => atHome is null ? [atNode] : [atHome, atNode];

    /// <summary>Tells a node of the places that its sessions have lost while its link was broken.</summary>
    private void TellUnseated(HomeNode node, NodeSnapshot snapshot)
    {
        if (node.Former is not { } former)
        {
            return;
        }

        var rooms = snapshot.Rooms.ToDictionary(room => room.Life);
        var told = new HashSet<(RoomLife, long)>();
        foreach (var (session, life) in snapshot.Sessions.SelectMany(session => session.Rooms, (session, life) => (session, life)).Where(its => !former.HasPlace(its.session.Id, its.life)))
        {
            if (rooms.GetValueOrDefault(life) is { } room && former.RankOf(life, session.User) is null && told.Add((life, session.User))
                && room.Members.FirstOrDefault(member => member.Actor.UserId == session.User).Actor is { UserId: > 0 } actor)
            {
                RoomEvent entry = former.KickOf(life, session.User) is { } kick
                    ? kick with { Room = room.Name, Number = room.LastNumber, Member = actor }
                    : new UserLeft(room.Name, room.LastNumber, parts.Now(), actor, "");
                node.Send(new Happened(life, entry));
            }

            node.Send(new Unseated(session.Id, life));
        }
    }

    private async Task AdoptRoomAsync(
        RoomSnapshot latest, Dictionary<HomeNode, long> lastMessages, List<(HomeNode Node, Session Session)> seats, CancellationToken cancellationToken)
    {
        var numbers = await NumbersAsync(latest.Name, cancellationToken);
        var room = await TakeBackAsync(latest, seats[0].Session);

        // People first: a room with programs alone is the next person's, who may come at any time.
        var members = seats.GroupBy(seat => seat.Session.User!).Select(its => (User: its.Key, Rank: RankOf(latest, its.Key.Id, its.First().Node))).OrderBy(its => its.User.Profile.IsPoster).ToList();
        foreach (var (user, rank) in members)
        {
            room.Adopt(new RoomAsk(user.Sessions[0], isBehind: false) { Now = parts.Now() }, user, rank, numbers, latest.LastNumber);
        }

        foreach (var its in seats.GroupBy(seat => seat.Node))
        {
            while (true)
            {
                var upTo = room.LastNumber;
                var missed = await MissedAsync(room, lastMessages.GetValueOrDefault(its.Key), upTo, cancellationToken);
                var ask = new RoomAsk(its.First().Session, isBehind: false) { Now = parts.Now() };
                if (await room.TrySeatAsync(ask, [.. its.Select(seat => seat.Session)], upTo, state => its.Key.Send(new Resynced(state, missed, latest.Life))))
                {
                    break;
                }
            }
        }
    }

    /// <summary>The room of a name, as it is or as it was made anew: if somebody has come in under its name while none of those who were in was here, it is theirs again.</summary>
    private async Task<Room> TakeBackAsync(RoomSnapshot latest, Session by)
    {
        for (var round = 1; ; round++)
        {
            var room = parts.Rooms.Adopt(latest);
            var ask = new RoomAsk(by, isBehind: false) { Now = parts.Now() };
            if (room.Life == latest.Life || room.TakeBack(ask, latest, Services.Actor, lets: round > MaxRounds) is not { Count: > 0 } outsiders)
            {
                return room;
            }

            // Of the room that they are not let into they are shown nothing.
            foreach (var outsider in outsiders)
            {
                await PutOutAsync(room, outsider, latest);
            }
        }
    }

    private async Task PutOutAsync(Room room, Actor outsider, RoomSnapshot earlier)
    {
        if (parts.Names.Find(outsider.Name) is not { } user || user.Id != outsider.UserId)
        {
            return;
        }

        Task? shown;
        lock (user.Gate)
        {
            if (user.Sessions is not [var session, ..])
            {
                return;
            }

            var ask = new RoomAsk(session, user.HasInFlight) { Now = parts.Now(), Owner = user };
            room.PutOut(ask, user, earlier, Services.Actor, "Its members are back, and you would not be let in", parts.Rooms);
            shown = ask.Completion;
        }

        await (shown ?? Task.CompletedTask);
    }

    private static MemberRank RankOf(RoomSnapshot room, long user, HomeNode node) => node.Former?.RankOf(room.Life, user) ?? room.RankOf(user);

    private async Task<IReadOnlyList<HistoryEntry>> MissedAsync(Room room, long after, long upTo, CancellationToken cancellationToken)
    {
        var missed = new List<HistoryEntry>();
        while (parts.History is { } history && after < upTo)
        {
            var query = new HistoryQuery(room.Name) { After = after, Before = upTo + 1, Limit = PageSize, Oldest = true, IncludesEvents = true };
            var page = await Patiently.AskAsync(async () => (IReadOnlyList<HistoryEntry>?)await history.ReadAsync(room, query, cancellationToken), parts.Time, cancellationToken);
            missed.AddRange(page.Where(entry => entry.Kind.WasSent()));
            after = page.Count < PageSize ? upTo : page[^1].Number;
        }

        return missed;
    }

    private async Task<RoomNumbers?> NumbersAsync(RoomName room, CancellationToken cancellationToken)
        => parts.History is not { } history ? null : await Patiently.AskAsync(async () => await history.NumbersAsync(room, cancellationToken), parts.Time, cancellationToken);
}
