using System.IO.Pipelines;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Rooms;

namespace Parley.Core.Broker.Rooms;

/// <summary>The part of a room that gives sessions their places, here and at other nodes, and takes them away.</summary>
/// <param name="state">How it begins.</param>
/// <param name="life">Its life.</param>
/// <param name="flushes">Flushes it.</param>
/// <param name="observer">Is told of everything that is said in it.</param>
/// <param name="lane">Keeps what happens in it; null where nothing is kept.</param>
/// <param name="registry">Keeps it while it is registered; null where no room ever is.</param>
internal abstract class SeatedRoom(
    RoomState state, RoomLife life, PipeScheduler flushes, IMessageObserver? observer, Lane? lane, IRoomRegistry? registry)
    : RoomCharter(state, life, flushes, observer, lane, registry)
{
    /// <summary>Lets another session of a member in; its user's gate MUST be held. False: the user is no member, or the session is in.</summary>
    /// <param name="ask">What is asked, by that session.</param>
    /// <param name="self">The session's user.</param>
    /// <param name="replay">Where the session is to be shown what was said before.</param>
    /// <param name="isOwn">Whether the session has itself asked for it.</param>
    public bool TryFollow(RoomAsk ask, Actor self, Replay? replay, bool isOwn)
    {
        lock (Gate)
        {
            if (IsClosed || ask.By.Find(this) is not null || !Decided.TryGet(self.UserId, out _))
            {
                return false;
            }

            var place = new RoomPlace(ask.By, this);
            ask.By.Add(place);
            ask.Take(this, entry: null, (Room: this, place, self, replay, isOwn), static its => its.Room.Seat(its.place, entry: null, its.self, its.replay, its.isOwn));
        }

        return true;
    }

    /// <summary>Shows everybody that somebody has come, and a session where it has come to.</summary>
    protected void Seat(RoomPlace place, RoomEvent? entry, Actor self, Replay? replay, bool isOwn)
    {
        if (entry is not null)
        {
            Audience.Show(entry, audience: null, author: null);
        }

        // The welcome goes ahead of the cursor, and the cursor starts behind the join: one's own arrival is not news.
        var welcome = new Welcome(Shown, self, isOwn);
        if (TrySeatElsewhere(place, welcome))
        {
            return;
        }

        place.Session.Append(welcome, messages: 0);
        if (replay is not null && Logs.LastNumber > 0)
        {
            (replay.Room, replay.Name, replay.FormerNames, replay.UpTo) = (this, Name, Numbers.FormerNames, Logs.LastNumber);
            place.Session.Append(replay.Hole);
        }

        Logs.Add(place, place.Session.Flavor);
    }

    /// <summary>Puts a member out: that is the last its sessions are shown of the room. The gate MUST be held, and ahead of it that of the member's user.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="target">The member.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="own">The place of the session whose doing it is; null for nobody's here.</param>
    /// <param name="reason">Why.</param>
    /// <param name="directory">Where the room is found no more if it closes.</param>
    protected void PutOut(RoomAsk ask, User target, Actor by, RoomPlace? own, string reason, RoomDirectory directory)
    {
        RoomPlace[] places = [.. target.Sessions.Select(session => session.Find(this)).OfType<RoomPlace>()];
        foreach (var place in places)
        {
            place.IsLeaving = true;
        }

        Decided.TryGet(target.Id, out var member);
        var entry = Number(new MemberKicked(Decided.Name, 0, TimeOf(ask), by, member.Actor, reason));
        ask.Take(this, entry, () =>
        {
            Audience.Show(entry, audience: null, own);
            foreach (var place in places)
            {
                Unseat(place);
                place.Session.Outbox.ScheduleSend();
            }

            target.HasLeft(new LeftRoom(this, Logs.Count));
        });
        CloseIfEmpty(directory);
    }

    /// <summary>Ends places, all of which but the first are told what has ended them: they are not behind it.</summary>
    protected void Unseat(RoomPlace[] places, RoomEvent? entry)
    {
        foreach (var place in places)
        {
            if (place != places[0] && entry is not null && place.Log is { } log)
            {
                place.AdvanceTo(log, log.Head);
                place.Session.Append(new Told(entry with { Room = Name }, IsOwn: false), messages: 1);
            }

            Unseat(place);
        }
    }

    protected void Unseat(RoomPlace place)
    {
        Logs.Remove(place);
        place.Session.Remove(place);
        place.Session.Node?.Unseat(place);
        place.Session.Left?.Invoke(Name, place.LastNumber());
    }

    /// <summary>Gives a session that is at another node its place. False: it is here. The gate MUST be held.</summary>
    private bool TrySeatElsewhere(RoomPlace place, Welcome welcome)
    {
        if (place.Session.Node is not { } node)
        {
            return false;
        }

        node.Seat(place, welcome, Logs.Has(place.Session.Flavor) ? null : () => Snapshot());
        Logs.Add(place, place.Session.Flavor);
        return true;
    }

    /// <summary>All of it, as data. The gate MUST be held.</summary>
    protected RoomSnapshot Snapshot() => Shown.ToSnapshot(Life) with
    {
        LastNumber = Logs.LastNumber,
        LastMessage = Numbers.AreKept ? Math.Max(Shown.LastMessage, Numbers.Earlier) : Shown.LastMessage,
        FormerNames = Numbers.FormerNames,
    };
}
