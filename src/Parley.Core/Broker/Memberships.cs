using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Decisions on users who enter and leave rooms; the rooms a user is in are decided under that user's gate.</summary>
internal sealed class Memberships(RoomDirectory rooms, BrokerOptions options, Lane? lane)
{
    /// <summary>The rooms that a user is in, on whatever session.</summary>
    public static Room[] RoomsOf(User user)
        => [.. user.Sessions.SelectMany(session => session.Followed).Select(Room.Of).Distinct()];

    /// <summary>Has everything that these rooms have said in their members' outboxes.</summary>
    /// <remarks>
    /// Rooms are flushed in any order, and of an event about a user a session is shown what comes first. So ahead of such
    /// an event goes what was said before it: otherwise whoever shares several of the rooms could be shown the event in
    /// one, and after it what its user said before it in another. And the event itself goes ahead of the next one about
    /// the same user, which may concern other rooms: otherwise two renames could be shown the wrong way round.
    /// </remarks>
    public static void Advance(Room[] rooms)
    {
        foreach (var room in rooms)
        {
            room.AdvanceAll();
        }
    }

    /// <summary>Lets a session into a room, and out of another if it is let in.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="user">The session's user.</param>
    /// <param name="leaving">The room that it leaves; empty for none.</param>
    /// <param name="room">The room.</param>
    /// <param name="key">What it knows of the room, if it needs to.</param>
    /// <param name="numbers">Numbers the room's events, for a room that is new; null while none are kept.</param>
    /// <param name="replay">Where the session is to be shown what was said before.</param>
    public Verdict Join(RoomAsk ask, User user, RoomName leaving, RoomName room, string? key, RoomNumbers? numbers, Replay? replay)
    {
        var session = ask.By;
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

            var left = leaving.IsEmpty ? null : session.Find(leaving);
            if (session.Followed.Count() - (left is null ? 0 : 1) >= options.MaxRoomsPerSession)
            {
                return Verdict.TooManyRooms;
            }

            var self = user.Ahead ?? user.Actor;
            if (left is not null)
            {
                // Asked ahead, as it is to be out of the one room before it is in the other. If the other changes its mind in
                // between, it is in neither.
                if (rooms.TryGet(room, out var wanted) && wanted.RefusesEntry(self, key, ask.Now) is { } refusal)
                {
                    return refusal;
                }

                Room.Of(left).Depart(ask, user, left, quits: false, reason: "", rooms);
                ask.Finish(lane, session.Outbox.ScheduleSend);
            }

            // A room may close, or take another name, between finding and entering it. Whoever closed it may not have taken
            // it off the list yet: to do so here as well spares waiting for that, and the next round makes a new one.
            while (true)
            {
                var found = rooms.GetOrAdd(room);
                if (found.Enter(ask, room, self, key, numbers, replay) is { } verdict)
                {
                    return verdict;
                }

                rooms.Remove(room, found);
            }
        }
    }

    /// <summary>Lets a session out of a room.</summary>
    public Verdict Leave(RoomAsk ask, User user, RoomName room, string reason)
    {
        ask.Owner = user;
        lock (user.Gate)
        {
            if (ask.By.Find(room) is not { } place)
            {
                var self = user.Ahead ?? user.Actor;
                return rooms.TryGet(room, out var found) ? found.Ask(state => new RoomPolicy(state).Outside(self)) : Verdict.NoSuchRoom;
            }

            Room.Of(place).Depart(ask, user, place, quits: false, reason, rooms);
        }

        // It was given what the room had said, and no flush of that room will come by it any more.
        ask.Finish(lane, ask.By.Outbox.ScheduleSend);
        return Verdict.Accepted;
    }

    /// <summary>Lets a session out of all its rooms, and with a user's last one the user. Its gate MUST be held.</summary>
    public void LeaveAll(RoomAsk ask, User user, string reason)
    {
        foreach (var place in ask.By.Followed.ToArray())
        {
            Room.Of(place).Depart(ask, user, place, quits: user.IsGone, reason, rooms);
        }
    }
}
