using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Names;

namespace Parley.Core.Broker.Rooms;

// Who comes and goes.
internal sealed partial class Room
{
    /// <summary>Those who are left in a room that has closed.</summary>
    public IReadOnlyList<Actor> Left()
    {
        lock (Gate)
        {
            return IsClosed ? [.. Decided.Members.Select(member => member.Actor)] : [];
        }
    }

    /// <summary>Why the user may not come in; null if it may, or is in.</summary>
    public Verdict? RefusesEntry(in Actor user, string? key, DateTimeOffset now = default)
    {
        lock (Gate)
        {
            return IsClosed || Decided.TryGet(user.UserId, out _) ? null : Policy.RefusesEntry(user, key, now);
        }
    }

    /// <summary>
    /// Lets a session in, and its user if it is the user's first here; its user's gate MUST be held. Null: the room has closed, or
    /// goes by another name by now; ask for the one that has the name.
    /// </summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="wanted">The name by which it was found.</param>
    /// <param name="self">The session's user.</param>
    /// <param name="key">What it knows of the room, if it needs to.</param>
    /// <param name="numbers">Numbers the room's events, for a room that is new; null while none are kept.</param>
    /// <param name="replay">Where the session is to be shown what was said before.</param>
    /// <param name="had">The rank that the user had, for a session that nobody is at.</param>
    public Verdict? Enter(RoomAsk ask, RoomName wanted, Actor self, string? key, RoomNumbers? numbers, Replay? replay, MemberRank had = MemberRank.None)
    {
        var session = ask.By;
        lock (Gate)
        {
            if (IsClosed || Decided.Name != wanted)
            {
                return null;
            }

            if (session.Find(this) is not null)
            {
                return Verdict.AlreadyInRoom;
            }

            if (IsEnding)
            {
                return Verdict.RegistryFails;
            }

            var isNew = !Decided.TryGet(self.UserId, out _);
            if (isNew && !self.Profile.IsPoster && !session.IsStandIn && IsLeftToPrograms)
            {
                // Its rules have gone with its last person, so what was said behind them does too.
                Close();
                return null;
            }

            if (isNew && Policy.RefusesEntry(self, key, ask.Now) is { } refusal)
            {
                return refusal;
            }

            if (Logs.All.Length == 0 && !HasInFlight && numbers is not null)
            {
                // Nobody is in yet, so nothing that was numbered is still on its way.
                (Numbers, Logs.LastNumber) = (numbers, numbers.Last);
            }

            var rank = Policy.RankOnEntry(self, session.IsStandIn ? had : null);
            var entry = isNew ? Number(new UserJoined(Decided.Name, 0, TimeOf(ask), self, rank)) : null;
            var place = new RoomPlace(session, this);
            session.Add(place);
            ask.Take(this, entry, (Room: this, place, entry, self, replay), static its => its.Room.Seat(its.place, its.entry, its.self, its.replay, isOwn: true));
        }

        return Verdict.Accepted;
    }

    /// <summary>Lets sessions of a user out, and ends its membership if it has no other here; its gate MUST be held.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="user">The user.</param>
    /// <param name="places">Where the sessions are that leave, first of all that of the session that asks.</param>
    /// <param name="quits">Whether it leaves the server, not only the room.</param>
    /// <param name="reason">What it says, or what became of it.</param>
    /// <param name="directory">Where the room is found no more if it closes.</param>
    public void Depart(RoomAsk ask, User user, RoomPlace[] places, bool quits, string reason, RoomDirectory directory)
    {
        foreach (var place in places)
        {
            place.IsLeaving = true;
        }

        lock (Gate)
        {
            RoomEvent? entry = null;
            if (!user.IsIn(this) && Decided.TryGet(user.Id, out var member))
            {
                var words = Policy.LastWords(member.Actor, reason, quits, ask.Now);
                entry = Number(quits
                    ? new UserQuit(Decided.Name, 0, TimeOf(ask), member.Actor, words)
                    : new UserLeft(Decided.Name, 0, TimeOf(ask), member.Actor, words));
            }

            ask.Take(this, entry, (Room: this, user, places, entry, ask.Audience), static its => its.Room.ShowDeparture(its.user, its.places, its.entry, its.Audience));
            CloseIfEmpty(directory);
        }
    }

    private void ShowDeparture(User user, RoomPlace[] places, RoomEvent? entry, OncePerSession? audience)
    {
        Unseat(places, entry);
        if (entry is not null)
        {
            Audience.Show(entry, audience, author: null);
            user.HasLeft(new LeftRoom(this, Logs.Count));
        }
    }

    /// <summary>
    /// Puts a member out: that is the last its sessions are shown of the room. What sessions it has is decided under its
    /// user's gate, which MUST be held.
    /// </summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="target">The user who has to go; null if nobody of that name is here.</param>
    /// <param name="reason">Why.</param>
    /// <param name="directory">Where the room is found no more if it closes.</param>
    public Verdict Kick(RoomAsk ask, User? target, string reason, RoomDirectory directory)
    {
        lock (Gate)
        {
            var actor = ActorOf(ask.By);
            if ((Unfit() ?? Policy.RefusesKick(actor, target?.Id)) is { } refusal)
            {
                return refusal;
            }

            PutOut(ask, target!, actor, ask.By.Find(this), reason, directory);
        }

        return Verdict.Accepted;
    }
}
