using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>What is decided about users, and what they tell each other beside messages.</summary>
internal sealed class UserDecisions(NameDirectory names, PresenceWatch watch, UserCounter counter, TimeProvider time)
{
    public Verdict UpdateProfile(Session session, User user, UserProfile profile)
    {
        lock (user.Gate)
        {
            if (user.IsGone)
            {
                return Verdict.SignedOut;
            }

            var rooms = Memberships.RoomsOf(user);
            var audience = new OncePerSession();
            var entry = new UserUpdated(default, 0, time.GetUtcNow(), user.Actor, profile);
            foreach (var own in user.Sessions)
            {
                // Its own sessions are told by themselves: what they are told differs from what others are.
                audience.TryClaim(own);
            }

            Memberships.Settle(rooms);
            counter.Changed(user.Profile, profile);
            user.Update(profile);
            foreach (var room in rooms)
            {
                room.Decide(
                    (rules, state) => state.TryGet(user.Id, out RoomMember _) ? null : Verdict.NotInRoom,
                    state => entry with { Room = state.Name, Sequence = state.Sequence + 1 },
                    audience: audience);
            }

            Memberships.Settle(rooms);
            foreach (var told in user.Sessions.Concat(watch.Watchers(user.Name).Where(watcher => !watcher.FollowsAny(rooms))))
            {
                told.Tell((entry, isOwn: told == session), static (flavor, its, output) =>
                {
                    if (its.isOwn)
                    {
                        flavor.EncodeOwn(its.entry, output);
                    }
                    else
                    {
                        flavor.Encode(its.entry, output);
                    }
                });
            }
        }

        return Verdict.Accepted;
    }

    /// <summary>Shows those whom it concerns that a user takes another name, before it does. Its gate MUST be held.</summary>
    /// <param name="by">Whose doing it is.</param>
    /// <param name="user">The user.</param>
    /// <param name="newName">The name.</param>
    /// <param name="rooms">The rooms that it is in.</param>
    public void ShowRename(Session by, User user, UserName newName, Room[] rooms)
    {
        var old = user.Actor;
        var audience = rooms.Length > 1 ? new OncePerSession() : null;
        if (audience is not null)
        {
            Memberships.Settle(rooms);
        }

        // Whose doing it is, is told in the first room that it follows.
        audience?.TryClaim(by);
        var isTold = false;
        foreach (var room in rooms)
        {
            var now = time.GetUtcNow();
            var tells = !isTold && by.Find(room) is not null;
            room.Happen(state => new UserRenamed(state.Name, state.Sequence + 1, now, old, newName), tells ? by : null, audience);
            isTold |= tells;
        }

        var entry = new UserRenamed(default, 0, time.GetUtcNow(), old, newName);
        foreach (var session in user.Sessions.Where(session => session.Subscriptions.Length == 0))
        {
            if (session == by)
            {
                session.AppendOwn(entry);
            }
            else
            {
                session.AppendPrivate(entry);
            }

            session.Outbox.ScheduleSend();
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

    public void SendWallops(User user, ReadOnlyMemory<byte> text)
    {
        foreach (var each in names.All().SelectMany(other => other.Sessions))
        {
            each.Tell((from: user.Actor, text), static (flavor, its, output) => flavor.EncodeWallops(its.from, its.text, output));
        }
    }

    public void ShareReadMarker(User user, Session session, string target, DateTimeOffset read)
    {
        var account = user.Profile.Account;
        var users = account.IsEmpty ? [user] : names.All().Where(other => other == user || other.Profile.Account == account);
        foreach (var other in users.SelectMany(other => other.Sessions).Where(other => other != session))
        {
            other.Tell((target, read), static (flavor, its, output) => flavor.EncodeReadMarker(its.target, its.read, output));
        }
    }

    public UserView? Find(UserName name)
    {
        if (names.Find(name) is not { } user)
        {
            return null;
        }

        var rooms = Memberships.RoomsOf(user)
            .Select(room => room.Ask(state => (IsIn: state.TryGet(user.Id, out var member), state.Name, member.Rank, IsSecret: state.Has(RoomMode.Secret))))
            .Where(room => room.IsIn)
            .Select(room => (room.Name, room.Rank, room.IsSecret));
        return new UserView(user.Actor, [.. rooms], user.SignedOn, user.LastSpoke) { Values = user.Values };
    }
}
