using System.IO.Pipelines;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Rooms;

/// <summary>The part of a room that goes on, at a new home of a cluster, with those of whom nodes know that they were in.</summary>
/// <param name="state">How it begins.</param>
/// <param name="life">Its life.</param>
/// <param name="flushes">Flushes it.</param>
/// <param name="observer">Is told of everything that is said in it.</param>
/// <param name="lane">Keeps what happens in it; null where nothing is kept.</param>
/// <param name="registry">Keeps it while it is registered; null where no room ever is.</param>
internal abstract class AdoptedRoom(
    RoomState state, RoomLife life, PipeScheduler flushes, IMessageObserver? observer, Lane? lane, IRoomRegistry? registry)
    : SeatedRoom(state, life, flushes, observer, lane, registry)
{
    /// <summary>Has the topic, modes, values and ranks of the room that had its name before, of which no member was here when this one was made: an absence gives nobody rights.</summary>
    /// <param name="ask">What is asked, by a session that comes with the earlier room.</param>
    /// <param name="earlier">The earlier room.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="lets">True if those stay in whom that room would not let in.</param>
    /// <returns>Those whom it would not let in, if they do not stay: nothing is done while there are any.</returns>
    public IReadOnlyList<Actor> TakeBack(RoomAsk ask, RoomSnapshot earlier, Actor by, bool lets)
    {
        lock (Gate)
        {
            if (IsClosed || Decided.Registration is not null || earlier.Registration is not null || Decided.Created <= earlier.Created)
            {
                return [];
            }

            if (!lets && Outsiders(earlier, ask.Now) is { Count: > 0 } outsiders)
            {
                return outsiders;
            }

            var now = Decided.ToSnapshot(Life);
            var then = earlier with
            {
                Name = now.Name,
                LastNumber = Numbers.Next(isKept: false),
                Members = [.. now.Members.Select(member => member with { Rank = earlier.Members.FirstOrDefault(before => before.Actor.Identity == member.Actor.Identity).Rank })],
            };
            foreach (var entry in RoomDifference.Between(now, then, by, TimeOf(ask.Now, isKept: false)).ToList())
            {
                ask.Take(this, entry with { Life = Guard }, () => Audience.Show(entry, audience: null, author: null));
            }

            return [];
        }
    }

    /// <summary>Puts a member out whom the room that had its name before would not let in; its user's gate MUST be held.</summary>
    /// <param name="ask">What is asked, by a session of the user.</param>
    /// <param name="user">The user.</param>
    /// <param name="earlier">The earlier room.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="directory">Where the room is found no more if it closes.</param>
    public void PutOut(RoomAsk ask, User user, RoomSnapshot earlier, Actor by, string reason, RoomDirectory directory)
    {
        lock (Gate)
        {
            if (!IsClosed && Outsiders(earlier, ask.Now).Any(outsider => outsider.UserId == user.Id))
            {
                PutOut(ask, user, by, own: null, reason, directory);
            }
        }
    }

    /// <summary>The members whom an earlier room would not let in, and who were not in it.</summary>
    private List<Actor> Outsiders(RoomSnapshot earlier, DateTimeOffset now)
    {
        var policy = new RoomPolicy(RoomState.Restore(earlier));
        var insiders = earlier.Members.Select(member => member.Actor.Identity).ToHashSet();
        return [.. Decided.Members.Select(member => member.Actor).Where(actor => !insiders.Contains(actor.Identity) && policy.RefusesEntry(actor, key: null, now) is not null)];
    }

    /// <summary>Lets in a user of whom a node knows that it was in.</summary>
    /// <param name="ask">What is asked, by a session of the user.</param>
    /// <param name="user">The user.</param>
    /// <param name="rank">The user's rank here.</param>
    /// <param name="numbers">Numbers the room's events; null while none are kept.</param>
    /// <param name="last">The number of the last event that any node knows of.</param>
    public void Adopt(RoomAsk ask, User user, MemberRank rank, RoomNumbers? numbers, long last)
    {
        lock (Gate)
        {
            if (Logs.All.Length == 0 && !HasInFlight)
            {
                Numbers = numbers ?? Numbers;
                Numbers.NotBelow(numbers is null ? last : 0);
                Logs.LastNumber = Numbers.Last;
            }

            if (!IsClosed && !Decided.TryGet(user.Id, out _))
            {
                // It is no news to those who keep history: it was in before.
                var entry = new UserJoined(Decided.Name, Numbers.Next(isKept: false), TimeOf(ask.Now, isKept: false), user.Actor, rank) { Life = Guard };
                ask.Take(this, entry, () => Audience.Show(entry, audience: null, author: null));
            }
        }
    }

    /// <summary>Gives sessions of a node, whose users are in, their places, and the node the room.</summary>
    /// <param name="ask">What is asked, by one of the sessions.</param>
    /// <param name="sessions">The sessions.</param>
    /// <param name="upTo">The number up to which the node is told what was said.</param>
    /// <param name="tell">Tells the node.</param>
    /// <returns>False: more was said by then. Read that, and ask again.</returns>
    public async Task<bool> TrySeatAsync(RoomAsk ask, IReadOnlyList<Session> sessions, long upTo, Action<RoomSnapshot> tell)
    {
        var isSeated = false;
        lock (Gate)
        {
            ask.Take(this, entry: null, () =>
            {
                if (Numbers.AreKept && Logs.LastNumber != upTo)
                {
                    return;
                }

                isSeated = true;
                foreach (var session in sessions)
                {
                    var place = new RoomPlace(session, this);
                    session.Add(place);
                    Logs.Add(place, session.Flavor);
                }

                tell(Snapshot());
            });
        }

        if (ask.Completion is { } completion)
        {
            await completion;
        }

        return isSeated;
    }

    /// <summary>In slow mode: when those last spoke who have to wait. Guarded by the gate.</summary>
    protected abstract IReadOnlyList<SpeechTime> Spoke { get; set; }

    /// <summary>Rank of a member, once all that was decided is shown; none of one that is no member.</summary>
    public MemberRank RankOf(long userId)
    {
        lock (Gate)
        {
            return Decided.TryGet(userId, out var member) ? member.Rank : MemberRank.None;
        }
    }

    /// <summary>The whole room, as data, with the times of slow mode.</summary>
    public HandedRoom HandOver()
    {
        lock (Gate)
        {
            return new HandedRoom(Snapshot(), Spoke);
        }
    }

    /// <summary>Goes on where another process has stopped. Before anybody is told of the room.</summary>
    /// <param name="handed">What that process knew.</param>
    /// <param name="numbers">Numbers the room's events; null where none are kept.</param>
    public void GoOn(HandedRoom handed, RoomNumbers? numbers)
    {
        lock (Gate)
        {
            Numbers = numbers ?? new RoomNumbers(handed.Room.LastNumber, areKept: false);
            Numbers.NotBelow(handed.Room.LastNumber);
            Logs.LastNumber = Numbers.Last;
            Spoke = handed.Spoke;
        }
    }

    /// <summary>Gives a session whose user is in its place, and shows it nothing: it knows the room.</summary>
    public void Seat(Session session)
    {
        lock (Gate)
        {
            var place = new RoomPlace(session, this);
            session.Add(place);
            Logs.Add(place, session.Flavor);
        }
    }
}
