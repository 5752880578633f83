using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Decisions on users who enter and leave rooms; the rooms a user is in are decided under that user's gate.</summary>
internal sealed class Memberships(RoomDirectory rooms, NameDirectory names, BrokerOptions options, Lane? lane)
{
    /// <summary>The rooms that a user is in, on whatever session.</summary>
    public static Room[] RoomsOf(User user)
        => [.. user.Sessions.SelectMany(session => session.Followed).Select(Room.Of).Distinct()];

    /// <summary>Has everything that these rooms have said in their members' outboxes.</summary>
    /// <remarks>
    /// Rooms are flushed in any order, and of an event about a user a session is shown what comes first. So ahead of such
    /// an event goes what was said before it: otherwise whoever shares several of the rooms could be shown the event in
    /// one, and after it what its user said before it in another. And the event itself goes ahead of the next one about
    /// the same user, which may concern other rooms: otherwise two renames could be shown the wrong way round. Nor is
    /// somebody seen to come into one room or to leave it ahead of what it has said in another, nor to quit, to take
    /// another name or to come into a room ahead of having left a third before.
    /// </remarks>
    public static void Advance(IEnumerable<Room> rooms)
    {
        foreach (var room in rooms)
        {
            room.AdvanceAll();
        }
    }

    /// <summary>Has everything in their members' outboxes that these rooms have said, and what a user has brought about in rooms that it has left. Its gate MUST be held.</summary>
    public static void Advance(User user, Room[] rooms)
    {
        user.AdvanceLeft();
        Advance(rooms);
    }

    /// <summary>The same, for when something about the user is applied.</summary>
    public static Action AdvanceOf(User user, Room[] rooms) => () => Advance(user, rooms);

    /// <summary>Takes a session along into every room that another session of its user enters, or no more.</summary>
    public static void FollowAll(User user, Session session, bool isOn)
    {
        lock (user.Gate)
        {
            session.FollowsAll = isOn;
        }
    }

    /// <summary>Lets a session into a room, with those of its user that follow all, and out of another if it is let in.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="user">The session's user.</param>
    /// <param name="what">What is asked.</param>
    /// <param name="numbers">Numbers the room's events, for a room that is new; null while none are kept.</param>
    /// <param name="replay">Where the session is to be shown what was said before.</param>
    public Verdict Join(RoomAsk ask, User user, Join what, RoomNumbers? numbers, Replay? replay)
    {
        var (session, room) = (ask.By, what.Room);
        ask.Owner = user;
        lock (user.Gate)
        {
            if (session.User is null || session.IsSignedOut)
            {
                return Verdict.SignedOut;
            }

            if (session.Find(room) is not null)
            {
                return Verdict.AlreadyInRoom;
            }

            if (rooms.Refusal(room) is { } unnamable)
            {
                return unnamable;
            }

            var self = user.Ahead ?? user.Actor;
            AdvanceFirst(ask, user);
            if (what.OnlyIfMember)
            {
                return rooms.TryGet(room, out var followed) && followed.TryFollow(ask, self, replay, isOwn: true) ? Verdict.Accepted : Verdict.NotInRoom;
            }

            var left = what.Leaving.IsEmpty ? null : session.Find(what.Leaving);
            if (CountRooms(user, session, room, left) >= options.MaxRoomsPerSession)
            {
                return Verdict.TooManyRooms;
            }

            if (left is not null)
            {
                // Asked ahead, as it is to be out of the one room before it is in the other. If the other changes its mind in
                // between, it is in neither.
                if (rooms.TryGet(room, out var wanted) && wanted.RefusesEntry(self, what.Key, ask.Now) is { } refusal)
                {
                    return refusal;
                }

                Room.Of(left).Depart(ask, user, [left], quits: false, reason: "", rooms);
                ask.Finish(lane, session.Outbox.ScheduleSend);
            }

            // A room may close, or take another name, between finding and entering it. Whoever closed it may not have taken
            // it off the list yet: to do so here as well spares waiting for that, and the next round makes a new one.
            while (true)
            {
                var found = rooms.GetOrAdd(room);
                if (found.Enter(ask, room, self, what.Key, numbers, replay, what.Had) is { } verdict)
                {
                    if (verdict == Verdict.Accepted)
                    {
                        TakeAlong(ask, user, found, self);
                    }

                    return verdict;
                }

                rooms.Remove(room, found);
                PutOut(ask, found);
            }
        }
    }

    /// <summary>Lets those out who are left in a room that has closed: programs, which come into the next one with what they say next.</summary>
    private void PutOut(RoomAsk ask, Room closed)
    {
        foreach (var left in closed.Left())
        {
            if (names.Find(left.Name) is not { } program || program.Id != left.UserId)
            {
                continue;
            }

            // Within the gate of a person who comes in: no program comes in by a person's.
            lock (program.Gate)
            {
                RoomPlace[] places = [.. program.Sessions.Select(session => session.Find(closed)).OfType<RoomPlace>()];
                if (places is [var place, ..])
                {
                    var leaving = new RoomAsk(place.Session, place.Session.HasInFlight) { Now = ask.Now, Owner = program };
                    closed.Depart(leaving, program, places, quits: false, reason: "", rooms);
                    leaving.Finish(lane, () => Array.ForEach(places, each => each.Session.Outbox.ScheduleSend()));
                }
            }
        }
    }

    /// <summary>Lets a user out of a room, on all its sessions.</summary>
    public Verdict Leave(RoomAsk ask, User user, RoomName room, string reason)
    {
        ask.Owner = user;
        RoomPlace[] places;
        lock (user.Gate)
        {
            if (ask.By.Find(room) is not { } place)
            {
                var self = user.Ahead ?? user.Actor;
                return rooms.TryGet(room, out var found) ? found.Ask(state => new RoomPolicy(state).Outside(self)) : Verdict.NoSuchRoom;
            }

            AdvanceFirst(ask, user);
            places = user.Sessions.Length == 1 ? [place] : [place, .. PlacesElsewhere(user, place)];
            Room.Of(place).Depart(ask, user, places, quits: false, reason, rooms);
        }

        // They were given what the room had said, and no flush of that room will come by them any more.
        ask.Finish(lane, () => Array.ForEach(places, place => place.Session.Outbox.ScheduleSend()));
        return Verdict.Accepted;
    }

    /// <summary>Has ahead of what is asked whatever the user has brought about in its rooms, now and when it is applied. The user's gate MUST be held.</summary>
    private void AdvanceFirst(RoomAsk ask, User user)
    {
        AdvanceActs(user);
        if (lane is not null)
        {
            ask.Before = ActsOf(user);
        }
    }

    private static Action ActsOf(User user) => () => AdvanceActs(user);

    /// <summary>
    /// Has what a user has brought about in its rooms in their members' outboxes, and all that they have said in its own. Where it has several
    /// sessions, all of them have that.
    /// </summary>
    private static void AdvanceActs(User user)
    {
        user.AdvanceLeft();
        if (user.Sessions is not [var only])
        {
            Advance(RoomsOf(user));
            return;
        }

        foreach (var place in only.Subscriptions)
        {
            if (!place.IsLeaving)
            {
                place.Room.AdvanceBehind(place);
            }
        }
    }

    /// <summary>The places in a room of those sessions of a user that are not the one whose place is given.</summary>
    private static IEnumerable<RoomPlace> PlacesElsewhere(User user, RoomPlace place)
        => user.Sessions.Where(session => session != place.Session).Select(session => session.Find(place.Room)).OfType<RoomPlace>();

    /// <summary>Counts the rooms that a user is in beside one that a session of it wants to enter, and another that it leaves for that.</summary>
    private static int CountRooms(User user, Session session, RoomName wanted, RoomPlace? left)
        => user.Sessions.Length == 1
            ? session.CountFollowed() - (left is null ? 0 : 1)
            : RoomsOf(user).Count(room => room.Name != wanted) - (left is null || PlacesElsewhere(user, left).Any() ? 0 : 1);

    /// <summary>Takes sessions of a user along into a room that another has entered. The user's gate MUST be held.</summary>
    private static void TakeAlong(RoomAsk ask, User user, Room room, Actor self)
    {
        foreach (var other in user.Sessions)
        {
            if (other.FollowsAll && other != ask.By)
            {
                room.TryFollow(new RoomAsk(other, ask.IsBehind) { Now = ask.Now, Owner = user, Tells = null }, self, replay: null, isOwn: false);
            }
        }
    }

    /// <summary>Lets a session out of all its rooms, and with a user's last one the user. Its gate MUST be held.</summary>
    public void LeaveAll(RoomAsk ask, User user, RoomPlace[] places, string reason)
    {
        foreach (var place in places)
        {
            Room.Of(place).Depart(ask, user, [place], quits: user.IsGone, reason, rooms);
        }
    }
}
