using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker;

/// <summary>Frees the names of users: of those who leave, and of those who take another.</summary>
internal sealed class UserDepartures(
    NameDirectory names,
    MemberDirectory members,
    Memberships memberships,
    UserDecisions users,
    PresenceWatch watch,
    PastUsers past,
    UserCounter counter,
    Func<DateTimeOffset> now,
    Lane? lane)
{
    /// <summary>Ends a session, and with its user's last one the user.</summary>
    /// <param name="session">The session.</param>
    /// <param name="user">Its user.</param>
    /// <param name="reason">Reason that others are told.</param>
    /// <param name="staysConnected">Whether the session goes on as another user's.</param>
    /// <returns>Completes when everybody is shown it.</returns>
    public Task SignOutAsync(Session session, User user, string reason, bool staysConnected = false)
    {
        lock (user.Gate)
        {
            if (session.User is null || session.IsSignedOut)
            {
                return Task.CompletedTask;
            }

            var isBehind = user.HasInFlight;
            user.Remove(session);
            if (!staysConnected)
            {
                watch.Remove(session);
            }

            user.IsGone = user.Sessions.Length == 0;

            // Leaving is about a room, quitting about the user: only of the latter is it enough to hear once.
            var places = session.FollowedPlaces;
            session.Ended?.Invoke([.. places.Select(place => place.Room.Life)]);
            var audience = user.IsGone && places.Length > 1 ? new OncePerSession() : null;
            Room[] ahead = audience is null ? [] : [.. places.Select(Room.Of)];
            Memberships.Advance(user, ahead);
            var before = audience is null && !isBehind ? null : Memberships.AdvanceOf(user, ahead);
            var ask = new RoomAsk(session, isBehind) { Now = now(), Owner = user, Audience = audience, Before = before };
            memberships.LeaveAll(ask, user, places, reason);
            session.IsSignedOut = true;
            ask.Finish(lane, () =>
            {
                before?.Invoke();
                session.User = null;
                if (user.IsGone)
                {
                    counter.Left(user.Profile);
                    past.Add(user.Actor, now());
                    names.Release(user.Name, user);
                    members.Release(user.Profile.Login, user);
                    watch.Tell(user.Actor, isHere: false);
                }
            });
            user.Going = user.IsGone ? ask.Completion : null;
            if (!user.IsGone && !session.IsStandIn && !user.HasPeople)
            {
                users.StandIn(user);
            }
            else if (!user.IsGone && session.HoldsRights)
            {
                users.EndRights(user);
            }

            session.HoldsRights = false;

            return ask.Completion ?? Task.CompletedTask;
        }
    }

    /// <summary>Gives a user another name, everywhere; the old one is free when everybody is shown that.</summary>
    public Verdict Rename(Session session, User user, UserName newName, out Task<Verdict>? completion)
    {
        completion = null;
        lock (user.Gate)
        {
            if (user.IsGone)
            {
                return Verdict.SignedOut;
            }

            var old = user.Ahead ?? user.Actor;
            var isRespelled = newName == old.Name && !newName.IsSpelledLike(old.Name);
            if (!isRespelled && names.Claim(newName, user) is not Verdict.Accepted and var refusal)
            {
                return refusal;
            }

            completion = users.RenameAsync(session, user, newName, then: () =>
            {
                if (isRespelled)
                {
                    names.Respell(old.Name, user);
                }
                else
                {
                    past.Add(old, now());
                    names.Release(old.Name, user);
                    watch.Tell(old, isHere: false);
                    watch.Tell(user.Actor, isHere: true);
                }
            });
            user.Renaming = completion;
        }

        return Verdict.Accepted;
    }
}
