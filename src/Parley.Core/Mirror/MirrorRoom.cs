using System.IO.Pipelines;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Mirror;

/// <summary>A room that is decided elsewhere, as the sessions here that follow it are shown it.</summary>
/// <param name="snapshot">The room as it was when the first of them came in.</param>
/// <param name="flushes">Flushes it.</param>
internal sealed class MirrorRoom(RoomSnapshot snapshot, PipeScheduler flushes) : RoomFeed(flushes, RoomState.Restore(snapshot), snapshot.Life)
{
    private IReadOnlyList<FormerName> _formerNames = snapshot.FormerNames;

    /// <summary>True if no session here follows it any more.</summary>
    public bool IsUnread => Logs.All.Length == 0;

    /// <summary>All of it, as data.</summary>
    public RoomSnapshot ToSnapshot()
    {
        lock (Gate)
        {
            return Shown.ToSnapshot(Life) with { LastNumber = Logs.LastNumber, FormerNames = _formerNames };
        }
    }

    /// <summary>The members.</summary>
    public IReadOnlyList<RoomMember> Members
    {
        get
        {
            lock (Gate)
            {
                return [.. Shown.Members];
            }
        }
    }

    /// <summary>Takes a member out whose name is another's by now: what became of it the room is told later.</summary>
    public void Lose(long userId, DateTimeOffset time)
    {
        lock (Gate)
        {
            if (Shown.TryGet(userId, out RoomMember found))
            {
                ShowLocked(new UserLeft(Name, Logs.LastNumber, time, found.Actor, RoomDifference.Lost), audience: null, author: null);
            }
        }

        MarkDirty();
    }

    /// <summary>A member has another name, if the room does not know that yet.</summary>
    public void Rename(long userId, UserName name, DateTimeOffset time, OncePerSession audience)
    {
        lock (Gate)
        {
            if (Shown.TryGet(userId, out RoomMember found) && !found.Actor.Name.IsSpelledLike(name))
            {
                ShowLocked(new UserRenamed(Name, Logs.LastNumber, time, found.Actor, name), audience, author: null);
            }
        }

        MarkDirty();
    }

    /// <summary>A member has left the server, if the room does not know that yet.</summary>
    public void Quit(long userId, string reason, DateTimeOffset time, OncePerSession audience)
    {
        lock (Gate)
        {
            if (Shown.TryGet(userId, out RoomMember found))
            {
                ShowLocked(new UserQuit(Name, Logs.LastNumber, time, found.Actor, reason), audience, author: null);
            }
        }

        MarkDirty();
    }

    /// <summary>Shows a session the room, and what happens there from here on.</summary>
    /// <param name="place">The session's place.</param>
    /// <param name="self">The session's user.</param>
    /// <param name="replay">Where it is to be shown what was said before; null for nothing.</param>
    /// <param name="isOwn">Whether the session has itself asked for it.</param>
    public void Seat(RoomPlace place, Actor self, Replay? replay, bool isOwn)
    {
        lock (Gate)
        {
            Logs.LastNumber = Math.Max(Logs.LastNumber, snapshot.LastNumber);
            place.Session.Append(new Welcome(Shown, self, isOwn), messages: 0);
            if (replay is not null && Logs.LastNumber > 0)
            {
                (replay.Room, replay.Name, replay.FormerNames, replay.UpTo) = (this, Name, _formerNames, Logs.LastNumber);
                place.Session.Append(replay.Hole);
            }

            Logs.Add(place, place.Session.Flavor);
        }
    }

    /// <summary>Shows a session nothing further of the room.</summary>
    public void Unseat(RoomPlace place)
    {
        lock (Gate)
        {
            Logs.Remove(place);
            place.Session.Remove(place);
            place.Session.Left?.Invoke(Name, place.LastNumber());
        }
    }

    /// <summary>Takes in an event, and shows it to all who follow the room but its author, who is shown it by itself behind this.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="audience">If it is to be shown to some only: who has seen it.</param>
    /// <param name="author">The place of the session whose doing it is; null for nobody's here.</param>
    /// <param name="wait">If the room is behind: completes when its members were given what they lack; null if it is not.</param>
    public void Show(RoomEvent entry, OncePerSession? audience, RoomPlace? author, out Task? wait)
    {
        lock (Gate)
        {
            if (IsKnown(entry))
            {
                Fold(entry);
                wait = null;
                return;
            }

            ShowLocked(entry, audience, author);
            HasFed(sample: null, out wait);
        }

        MarkDirty();
    }

    /// <summary>Takes in an event of which members are shown nothing, or each by itself.</summary>
    public void TakeIn(RoomEvent entry)
    {
        lock (Gate)
        {
            Fold(entry);
        }
    }

    /// <summary>Shows all who follow the room what was said that they have missed.</summary>
    /// <param name="missed">What nobody here was shown, in order, each with the place of the session that said it, if that is here.</param>
    public void ShowMissed(IEnumerable<(MessagePosted Message, RoomPlace? Author)> missed)
    {
        lock (Gate)
        {
            foreach (var (message, author) in missed)
            {
                ShowLocked(message, audience: null, author);
                if (author is not null && message.Draft.Echo)
                {
                    author.Session.Append(new Echo(message), messages: 1);
                }
            }
        }

        MarkDirty();
    }

    /// <summary>Shows all who follow the room what else has changed, and takes it in as it is now. Its members have the names that the room knows.</summary>
    /// <param name="now">The room as it is.</param>
    /// <param name="by">Who makes changes of which nobody knows who made them.</param>
    /// <param name="time">The time, UTC.</param>
    /// <param name="audienceOf">Audience of what is told of a user in all of its rooms.</param>
    public void Resync(RoomSnapshot now, Actor by, DateTimeOffset time, Func<RoomEvent, OncePerSession?> audienceOf)
    {
        lock (Gate)
        {
            foreach (var entry in RoomDifference.Between(Shown.ToSnapshot(Life), now, by, time))
            {
                if (entry is RoomRenamed renamed)
                {
                    Fold(renamed);
                    TellName(renamed);
                }
                else
                {
                    ShowLocked(entry, audienceOf(entry), author: null);
                }
            }

            Shown.Become(now);
            Life = now.Life;
            Logs.LastNumber = Math.Max(Logs.LastNumber, now.LastNumber);
            _formerNames = now.FormerNames;
        }

        MarkDirty();
    }

    /// <summary>Tells a session that the room has the name that it has now.</summary>
    public void TellName(RoomPlace place, RoomRenamed entry, Actor self, bool isOwn)
    {
        lock (Gate)
        {
            if (place.Log is { } log)
            {
                place.AdvanceTo(log, log.Head);
            }

            place.Session.Append(new RenamingTold(entry, Shown, self, isOwn), messages: 0);
        }

        place.Session.Outbox.ScheduleSend();
    }

    /// <summary>True of a renaming that the room was shown already, when a home told of another room that its user is in.</summary>
    private bool IsKnown(RoomEvent entry)
        => entry is UserRenamed { NewName: var name } && Shown.TryGet(entry.Actor.UserId, out RoomMember found) && found.Actor.Name.IsSpelledLike(name);

    private void ShowLocked(RoomEvent entry, OncePerSession? audience, RoomPlace? author)
    {
        Fold(entry);
        if (author?.Log is { } log)
        {
            author.AdvanceTo(log, log.Head);
            Logs.Append(entry, audience);
            author.SkipTo(log.Head);
        }
        else
        {
            Logs.Append(entry, audience);
        }
    }

    private void TellName(RoomRenamed entry)
    {
        foreach (var place in Logs.All.SelectMany(log => log.Readers).Cast<RoomPlace>().ToArray())
        {
            if (place.Session.User is { } user)
            {
                place.AdvanceTo(place.Log!, place.Log!.Head);
                place.Session.Append(new RenamingTold(entry, Shown, user.Actor, IsOwn: false), messages: 0);
            }
        }
    }

    private void Fold(RoomEvent entry)
    {
        Shown.Fold(entry);
        Logs.LastNumber = Math.Max(Logs.LastNumber, entry.Number);
        if (entry is RoomRenamed renamed && renamed.NewName != renamed.Room)
        {
            _formerNames = [.. _formerNames, new FormerName(renamed.Room, renamed.Number, renamed.Time)];
        }
    }
}
