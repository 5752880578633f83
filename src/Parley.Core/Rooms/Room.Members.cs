using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Sessions;

namespace Parley.Core.Rooms;

// Who comes and goes.
internal sealed partial class Room
{
    /// <summary>Why the user may not come in; null if it may, or is in.</summary>
    public Verdict? RefusesEntry(in Actor user, string? key)
    {
        lock (Gate)
        {
            return _closed || _state.TryGet(user.UserId, out _) ? null : Rules.RefusesEntry(user, key);
        }
    }

    /// <summary>
    /// Lets a session in, and its user if it is the user's first here. Null: the room has closed, or goes by another name
    /// by now; ask for the one that has the name.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="wanted">The name by which it was found.</param>
    /// <param name="self">Its user.</param>
    /// <param name="key">What it knows of the room, if it needs to.</param>
    /// <param name="time">Now.</param>
    /// <param name="numbers">Who numbers the room's messages, for a room that is new.</param>
    /// <param name="replay">Where the session is to be shown what was said before; appended if there is anything to show.</param>
    /// <param name="lastNumber">The number of the room's last message before the session is shown what comes.</param>
    public Verdict? Enter(
        Session session,
        RoomName wanted,
        Actor self,
        string? key,
        DateTimeOffset time,
        RoomNumbers? numbers,
        OutboxHole? replay,
        out long lastNumber)
    {
        session.Advance();
        lastNumber = 0;
        lock (Gate)
        {
            if (_closed || Name != wanted)
            {
                return null;
            }

            if (session.Find(this) is not null)
            {
                return Verdict.AlreadyInRoom;
            }

            var isNew = !_state.TryGet(self.UserId, out _);
            if (isNew && Rules.RefusesEntry(self, key) is { } refusal)
            {
                return refusal;
            }

            if (Logs.All.Length == 0 && numbers is not null)
            {
                // Nobody is in yet, so nothing that was numbered is still on its way.
                (_numbers, Logs.LastNumber) = (numbers, numbers.Last);
            }

            if (isNew)
            {
                Apply(new UserJoined(Name, _state.Sequence + 1, time, self, Rules.RankOnEntry(self)), audience: null);
            }

            // The welcome goes ahead of the cursor, and the cursor starts behind the join: one's own arrival is not news.
            var subscription = new Subscription(session, this);
            session.AppendWelcome(_state, self);
            lastNumber = Logs.LastNumber;
            if (replay is not null && lastNumber > 0)
            {
                session.Append(replay);
            }

            Logs.Add(subscription, session.Flavor);
            session.Add(subscription);
        }

        MarkDirty();
        return Verdict.Accepted;
    }

    /// <summary>Ends a user's membership; its sessions MUST have been let out before. True if the room has closed behind it.</summary>
    /// <param name="member">The user.</param>
    /// <param name="quits">Whether it leaves the server, not only the room.</param>
    /// <param name="reason">What it says, or what became of it.</param>
    /// <param name="time">Now.</param>
    /// <param name="audience">With several rooms to quit: who has seen it already.</param>
    public bool Depart(Actor member, bool quits, string reason, DateTimeOffset time, OncePerSession? audience)
    {
        lock (Gate)
        {
            Apply(
                quits
                    ? new UserQuit(Name, _state.Sequence + 1, time, member, reason)
                    : new UserLeft(Name, _state.Sequence + 1, time, member, reason),
                audience);
            if (_state.Count == 0)
            {
                return _closed = true;
            }
        }

        MarkDirty();
        return false;
    }

    /// <summary>
    /// Puts a member out: that is the last its sessions are shown of the room. What sessions it has is decided under its
    /// user's gate, which MUST be held.
    /// </summary>
    /// <param name="by">Who does it.</param>
    /// <param name="target">Who has to go; null if nobody of that name is here.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">Now.</param>
    public Verdict Kick(Session by, User? target, string reason, DateTimeOffset time)
    {
        lock (Gate)
        {
            var actor = ActorOf(by);
            if (Unfit() is { } unfit)
            {
                return unfit;
            }

            if (Rules.RefusesKick(actor, target?.Id) is { } refusal)
            {
                return refusal;
            }

            Apply(new MemberKicked(Name, _state.Sequence + 1, time, actor, target!.Actor, reason), audience: null, by);
            foreach (var session in target.Sessions)
            {
                if (session.Find(this) is { } place)
                {
                    Unfollow(place);
                }
            }

            _closed = _state.Count == 0;
        }

        MarkDirty();
        return Verdict.Accepted;
    }
}
