using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>Who comes into which room, and leaves it. Where a user is, is decided under its gate.</summary>
internal sealed class Memberships(RoomDirectory rooms, TimeProvider time, BrokerOptions options)
{
    /// <summary>The rooms that a user is in, on whatever session.</summary>
    public static Room[] RoomsOf(User user)
        => [.. user.Sessions.SelectMany(session => session.Subscriptions).Select(subscription => subscription.Room).Distinct()];

    /// <summary>Has everything that these rooms have said in their members' outboxes.</summary>
    /// <remarks>
    /// Rooms are flushed in any order, and of an event about a user a session is shown what comes first. So ahead of such
    /// an event goes what was said before it: otherwise whoever shares several of the rooms could be shown the event in
    /// one, and after it what its user said before it in another. And the event itself goes ahead of the next one about
    /// the same user, which may concern other rooms: otherwise two renames could be shown the wrong way round.
    /// </remarks>
    public static void Settle(Room[] rooms)
    {
        foreach (var room in rooms)
        {
            room.AdvanceAll();
        }
    }

    /// <summary>Lets a session into a room, and out of another if it is let in.</summary>
    /// <param name="session">The session.</param>
    /// <param name="user">Its user.</param>
    /// <param name="leaving">The room that it leaves; empty for none.</param>
    /// <param name="room">The room.</param>
    /// <param name="key">What it knows of the room, if it needs to.</param>
    /// <param name="numbers">Who numbers the room's messages, for a room that is new.</param>
    /// <param name="replay">Where the session is to be shown what was said before; appended if there is anything to show.</param>
    /// <param name="lastNumber">The number of the room's last message before the session is shown what comes.</param>
    public Verdict Join(
        Session session,
        User user,
        RoomName leaving,
        RoomName room,
        string? key,
        RoomNumbers? numbers,
        OutboxHole? replay,
        out long lastNumber)
    {
        lastNumber = 0;
        lock (user.Gate)
        {
            if (session.User is null)
            {
                return Verdict.SignedOut;
            }

            if (session.Find(room) is not null)
            {
                return Verdict.AlreadyInRoom;
            }

            var left = leaving.IsEmpty ? null : session.Find(leaving);
            if (session.Subscriptions.Length - (left is null ? 0 : 1) >= options.MaxRoomsPerSession)
            {
                return Verdict.TooManyRooms;
            }

            if (left is not null)
            {
                // Asked ahead, as it is to be out of the one room before it is in the other. If the other changes its mind in
                // between, it is in neither.
                if (rooms.TryGet(room, out var wanted) && wanted.RefusesEntry(user.Actor, key) is { } refusal)
                {
                    return refusal;
                }

                Leave(user, left, reason: "");
                session.Outbox.ScheduleSend();
            }

            // A room may close, or take another name, between finding and entering it. Whoever closed it may not have taken
            // it off the list yet: to do so here as well spares waiting for that, and the next round makes a new one.
            while (true)
            {
                var found = rooms.GetOrAdd(room);
                if (found.Enter(session, room, user.Actor, key, time.GetUtcNow(), numbers, replay, out lastNumber) is { } verdict)
                {
                    return verdict;
                }

                rooms.Remove(room, found);
            }
        }
    }

    /// <summary>Lets a session out of a room.</summary>
    public Verdict Leave(Session session, User user, RoomName room, string reason)
    {
        lock (user.Gate)
        {
            if (session.Find(room) is not { } place)
            {
                return Verdict.NotInRoom;
            }

            Leave(user, place, reason);
        }

        // It was given what the room had said, and no flush of that room will come by it any more.
        session.Outbox.ScheduleSend();
        return Verdict.Accepted;
    }

    /// <summary>Ends a user's membership in rooms that none of its sessions follows any more. Its gate MUST be held.</summary>
    public void Depart(User user, Room[] left, string reason, bool quits)
    {
        // Leaving is about a room, quitting about the user: only of the latter is it enough to hear once.
        var audience = quits && left.Length > 1 ? new OncePerSession() : null;
        if (audience is not null)
        {
            Settle(left);
        }

        foreach (var room in left)
        {
            if (room.Depart(user.Actor, quits, reason, time.GetUtcNow(), audience))
            {
                rooms.Remove(room.Name, room);
            }
        }

        if (audience is not null)
        {
            Settle(left);
        }
    }

    private void Leave(User user, Subscription place, string reason)
    {
        place.Room.Unfollow(place);
        if (!user.IsIn(place.Room))
        {
            Depart(user, [place.Room], reason, quits: false);
        }
    }
}
