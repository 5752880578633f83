using Parley.Core.Accounts;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Decisions about users, and about what they tell each other beside messages.</summary>
internal sealed class UserDecisions(NameDirectory names, PresenceWatch watch, UserCounter counter, Func<DateTimeOffset> now, Lane? lane, Session services)
{
    /// <summary>Reason for which a user is away that only a stand-in is for.</summary>
    public const string NotHere = "Not connected";

    /// <summary>Gives a user another profile, in every room that it is in; its gate is taken.</summary>
    public Verdict UpdateProfile(Session session, User user, UserProfile profile, out Task<Verdict>? completion)
    {
        completion = null;
        lock (user.Gate)
        {
            if (user.IsGone)
            {
                return Verdict.SignedOut;
            }

            var rooms = Memberships.RoomsOf(user);
            var old = user.Ahead ?? user.Actor;
            var ask = NewAsk(session, user, rooms, new OncePerSession());
            ask.Now = now();
            foreach (var own in user.Sessions)
            {
                // Its own sessions are told by themselves: what they are told differs from what others are.
                ask.Audience!.Exclude(own.Outbox);
            }

            if (profile.Rights != old.Profile.Rights)
            {
                Hold(user, profile.IsOperator ? session : null);
            }

            var ahead = old with { KnownProfile = profile };
            user.Ahead = ahead;
            foreach (var room in rooms)
            {
                room.Decide(ask, IsNoMember(user), (state, at) => new UserUpdated(state.Name, 0, at, NameIn(state, old), profile));
            }

            var entry = new UserUpdated(default, 0, ask.Now, old, profile);
            ask.Finish(lane, () =>
            {
                counter.Changed(user.Profile, profile);
                user.Update(profile);
                user.HasReached(ahead);
                Memberships.Advance(rooms);
                foreach (var told in user.Sessions.Concat(watch.Watchers(user.Name).Where(watcher => !watcher.FollowsAny(rooms))))
                {
                    told.Tell(new Told(entry, IsOwn: told == session));
                }
            });
            completion = ask.Completion;
            if (profile.Login is { } login && login.Id != old.Profile.Login?.Id)
            {
                completion = PromoteAsync(user, rooms, login) ?? completion;
            }
        }

        return Verdict.Accepted;
    }

    /// <summary>A session brings a user rights in place of those that it had; null if it has none any more. Its gate MUST be held.</summary>
    private static void Hold(User user, Session? session)
    {
        foreach (var each in user.Sessions)
        {
            each.HoldsRights = each == session || (session is not null && each.HoldsRights);
        }
    }

    /// <summary>Takes the rights of somebody who helps to run the server from a user whose last session that has brought them has gone. Its gate MUST be held.</summary>
    public void EndRights(User user)
    {
        var profile = (user.Ahead ?? user.Actor).Profile;
        if (profile.IsOperator && !Array.Exists(user.Sessions, session => session.HoldsRights))
        {
            UpdateProfile(user.Sessions[0], user, profile.WithoutRights(), out _);
        }
    }

    /// <summary>A user whose last person has gone is away, without the rights of somebody who helps to run the server. Its gate MUST be held.</summary>
    public void StandIn(User user)
    {
        var profile = (user.Ahead ?? user.Actor).Profile;
        UpdateProfile(user.Sessions[0], user, profile.WithoutRights() with { Away = profile.Away ?? NotHere }, out _);
    }

    /// <summary>A user to whom a session was added is back, if it was away for having no other.</summary>
    /// <param name="session">The session.</param>
    /// <param name="away">Why the session is away; null if it is not.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<Verdict> ReturnAsync(Session session, string? away, CancellationToken cancellationToken)
    {
        Task<Verdict>? completion = null;
        if (!session.IsStandIn && session.User is { } user)
        {
            lock (user.Gate)
            {
                var profile = (user.Ahead ?? user.Actor).Profile;
                if (string.Equals(profile.Away, NotHere, StringComparison.Ordinal))
                {
                    UpdateProfile(session, user, profile with { Away = away }, out completion);
                }
            }
        }

        await (completion?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        return Verdict.Accepted;
    }

    /// <summary>Gives a user the ranks that an account has in registered rooms; its gate MUST be held.</summary>
    /// <returns>Completes when they are shown; null if they are.</returns>
    private Task<Verdict>? PromoteAsync(User user, Room[] rooms, ProvenAccount login)
    {
        var ask = new RoomAsk(services, user.HasInFlight) { Now = now(), Tells = null };
        foreach (var room in rooms)
        {
            room.Promote(ask, user.Id, login);
        }

        return ask.Completion;
    }

    /// <summary>Gives a user another name, in every room that it is in. Its gate MUST be held.</summary>
    /// <param name="by">Whose doing it is.</param>
    /// <param name="user">The user.</param>
    /// <param name="newName">The name.</param>
    /// <param name="then">Comes when everybody is shown it.</param>
    /// <returns>Completes when it is shown; null if it is.</returns>
    public Task<Verdict>? RenameAsync(Session by, User user, UserName newName, Action then)
    {
        var old = user.Ahead ?? user.Actor;
        var rooms = Memberships.RoomsOf(user);
        var ask = NewAsk(by, user, rooms, rooms.Length > 1 ? new OncePerSession() : null);

        // Whose doing it is, is told in the first room that it follows.
        ask.Audience?.Exclude(by.Outbox);
        var ahead = old with { Name = newName };
        user.Ahead = ahead;
        var isTold = false;
        foreach (var room in rooms)
        {
            ask.Now = now();
            ask.Tells = !isTold && by.Find(room) is not null ? by : null;
            isTold |= ask.Tells is not null;
            room.Decide(ask, IsNoMember(user), (state, at) => new UserRenamed(state.Name, 0, at, NameIn(state, old), newName));
        }

        var entry = new UserRenamed(default, 0, now(), old, newName);
        ask.Finish(lane, () =>
        {
            foreach (var session in user.Sessions.Where(session => session.Subscriptions.Length == 0))
            {
                session.Append(new Told(entry, IsOwn: session == by), messages: 1);
                session.Outbox.ScheduleSend();
            }

            user.Rename(newName);
            user.HasReached(ahead);
            Memberships.Advance(rooms);
            then();
        });
        return ask.Completion;
    }

    public static void DismissStandIns(User user)
    {
        foreach (var session in user.Sessions.Where(session => session.IsStandIn))
        {
            session.Close(NotHere);
        }
    }

    public Verdict Disconnect(UserName user, string reason)
    {
        if (names.Find(user) is not { } target)
        {
            return Verdict.NotHere;
        }

        foreach (var session in target.Sessions)
        {
            session.Close(reason);
        }

        return Verdict.Accepted;
    }

    public Verdict EndSessions(EndSessions what)
    {
        foreach (var user in names.All().Where(user => user.Profile.Login?.Id == what.Account
            || (!what.Person.IsUnknown && user.Actor.Identity == what.Person)
            || (what.Mask.Length > 0 && UserMask.Matches(what.Mask, user.Actor))))
        {
            foreach (var session in user.Sessions.Where(session => !session.IsStandIn && !what.Except.Contains(session.Id.Value)))
            {
                session.Close(what.Words, what.Reason);
            }
        }

        return Verdict.Accepted;
    }

    public void SendWallops(User user, ReadOnlyMemory<byte> text)
    {
        var told = new Wallops(user.Actor, text);
        foreach (var each in names.All().SelectMany(other => other.Sessions))
        {
            each.Tell(told);
        }
    }

    public static void ShareReadMarker(User user, Session session, string target, DateTimeOffset read)
    {
        var told = new ReadMarker(target, read);
        foreach (var other in user.Sessions.Where(other => other != session))
        {
            other.Tell(told);
        }
    }

    /// <summary>A user, and where a viewer may know it to be.</summary>
    public UserView? Find(FindUser what, Viewer viewer)
    {
        if ((names.Find(what.Name) ?? (what.OrLookAlike ? names.FindLookAlike(what.Name) : null)) is not { } user)
        {
            return null;
        }

        var actor = user.Actor;
        var places = (what.WithRooms ? Memberships.RoomsOf(user) : []).Select(room => room.Ask(state => PlaceIn(state, actor, viewer))).OfType<UserPlace>();
        return new UserView(actor, [.. places], user.SignedOn, user.LastSpoke)
        {
            Nodes = [.. user.Sessions.Select(session => session.Node?.Generation).OfType<long>().Distinct()],
            Values = user.Values,
        };
    }

    /// <summary>Everybody whom a viewer may find without knowing the name.</summary>
    /// <param name="what">What is asked.</param>
    /// <param name="user">The viewer's user; null if it is none.</param>
    /// <param name="viewer">The viewer.</param>
    public Page<Actor, UserName> List(ListUsers what, User? user, Viewer viewer)
    {
        var own = user is null || viewer.SeesAll ? [] : Memberships.RoomsOf(user);
        var looked = names.After(what.After, what.Limit);
        var found = new List<Actor>(looked.Count);
        foreach (var name in looked)
        {
            // Rooms that both are in matter only for somebody who is not to be found otherwise.
            if (names.Find(name)?.Actor is { } other
                && (UserPolicy.ShowsInLists(viewer, other, shareRoom: false)
                    || UserPolicy.ShowsInLists(viewer, other, shareRoom: Array.Exists(own, room => room.Ask(state => state.TryGet(other.UserId, out _))))))
            {
                found.Add(other);
            }
        }

        return Page<Actor, UserName>.Of(looked, what.Limit, found);
    }

    private static UserPlace? PlaceIn(RoomState state, Actor user, Viewer viewer)
        => state.TryGet(user.UserId, out var member) && UserPolicy.ShowsPlace(viewer, user, state)
            ? new UserPlace(state.Name, member.Rank, IsShared: viewer.UserId != 0 && state.TryGet(viewer.UserId, out _), IsHidden: state.Has(RoomMode.Secret) || state.Has(RoomMode.Private))
            : null;

    private static Func<RoomPolicy, RoomState, Verdict?> IsNoMember(User user)
        => (_, state) => state.TryGet(user.Id, out RoomMember _) ? null : Verdict.NotInRoom;

    /// <summary>A user as a room knows it.</summary>
    private static Actor NameIn(RoomState state, Actor user) => state.TryGet(user.UserId, out var member) ? member.Actor : user;

    private RoomAsk NewAsk(Session by, User user, Room[] rooms, OncePerSession? audience)
    {
        Room[] ahead = audience is null ? [] : rooms;
        Memberships.Advance(user, ahead);
        var isBehind = user.HasInFlight;
        return new RoomAsk(by, isBehind)
        {
            Audience = audience,
            Before = audience is null && !isBehind ? null : Memberships.AdvanceOf(user, ahead),
            Tells = null,
        };
    }
}
