using System.Globalization;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Broker.Timeline;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>Decisions about rooms by users who are in them; the caller has made sure that the session has a user.</summary>
internal sealed class RoomDecisions(RoomDirectory rooms, PeopleDirectory people, TimeProvider time, Lane? lane)
{
    /// <summary>Tells all rooms something that nobody in them said.</summary>
    public void Announce(string text)
    {
        foreach (var room in rooms.All())
        {
            room.Announce(text, time.GetUtcNow());
        }
    }

    public Verdict SetTopic(RoomAsk ask, RoomName room, string topic)
    {
        var by = ask.By.User!.Actor;
        return Decide(
            ask,
            room,
            (policy, _) => policy.RefusesTopic(by, Encoding.UTF8.GetBytes(topic), time.GetUtcNow()),
            (state, now) => new TopicChanged(state.Name, 0, now, By(state, by), topic));
    }

    /// <inheritdoc cref="PeopleDirectory.BindAsync"/>
    public ValueTask<(IReadOnlyList<RoomModeChange> Bound, List<(RoomModeChange Change, Verdict Why)> Refused)> BindAsync(
        IReadOnlyList<RoomModeChange> changes, CancellationToken cancellationToken) => people.BindAsync(changes, cancellationToken);

    /// <summary>Why somebody may not put masks on a room's lists; null if it may.</summary>
    public Verdict? RefusesBans(RoomName room, Actor by)
        => rooms.TryGet(room, out var found) ? found.Ask(state => new RoomPolicy(state).RefusesBans(by)) : Verdict.NoSuchRoom;

    public ModesResult? ChangeModes(RoomAsk ask, RoomName room, IReadOnlyList<RoomModeChange> changes)
        => rooms.TryGet(room, out var found) ? found.ChangeModes(ask, changes) : null;

    /// <summary>Puts a member out of a room.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="room">The room.</param>
    /// <param name="target">Who has to go; null if nobody of that name is here.</param>
    /// <param name="reason">Why.</param>
    public Verdict Kick(RoomAsk ask, RoomName room, User? target, string reason)
    {
        if (!rooms.TryGet(room, out var found))
        {
            return Verdict.NoSuchRoom;
        }

        if (target is null)
        {
            return found.Kick(ask, target: null, reason, rooms);
        }

        ask.Owner = target;

        // Where its member is, is decided under the member's gate; whoever kicks needs none of its own for it.
        lock (target.Gate)
        {
            return found.Kick(ask, target, reason, rooms);
        }
    }

    /// <summary>Keeps somebody out of a room, or silences there.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="what">What is asked.</param>
    /// <param name="person">Whom it is about.</param>
    public Verdict Ban(RoomAsk ask, BanFromRoom what, FoundPerson person)
    {
        if (!rooms.TryGet(what.Room, out var found))
        {
            return Verdict.NoSuchRoom;
        }

        if (person.User is not { } target)
        {
            return person.Absent is not { } absent ? found.Ask(state => new RoomPolicy(state).RefusesBans(ask.By.User!.Actor)) ?? person.Missing ?? Verdict.NotHere
                : Ban(ask, found, ChangeOf(what, (UserMask.AccountPrefix + absent.Name.Value, Identity.Of(absent.Id))));
        }

        ask.Owner = target;
        lock (target.Gate)
        {
            var until = what.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $" until {end.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
            var kickReason = $"Banned{until}{(what.Reason.Length == 0 ? "" : ": " + what.Reason)}";
            return found.Together(() => Ban(ask, found, ChangeOf(what, UserMask.Of(target.Actor))) is not Verdict.Accepted and var refusal ? refusal
                : what.IsMute || found.Kick(ask, target, kickReason, rooms) is Verdict.Accepted or Verdict.TargetNotInRoom ? Verdict.Accepted
                : Verdict.NotOperator);
        }
    }

    /// <summary>The answer to who wants to come in, with the ban if it is one that keeps it out.</summary>
    public Decision Explain(Session session, RoomName room, Verdict verdict)
        => new(verdict) { Ban = verdict == Verdict.Banned && session.User is { } user ? BanOf(room, user.Ahead ?? user.Actor) : null };

    private EntryBan? BanOf(RoomName room, Actor user)
        => rooms.TryGet(room, out var found) && found.Ask(state => new RoomPolicy(state).BanOf(user, time.GetUtcNow())) is { } ban ? new EntryBan(ban.Until, ban.Reason) : null;

    /// <inheritdoc cref="PeopleDirectory.FindAsync"/>
    public ValueTask<FoundPerson> FindAsync(UserName name, CancellationToken cancellationToken) => people.FindAsync(name, cancellationToken);

    private static Verdict Ban(RoomAsk ask, Room room, RoomModeChange change) => room.ChangeModes(ask, [change]) switch
    {
        null => Verdict.NoSuchRoom,
        { Refused: [(_, var why), ..] } => why,
        _ => Verdict.Accepted,
    };

    private static RoomModeChange ChangeOf(BanFromRoom what, (string Mask, Identity Who) whom)
        => new(IsAdding: true, RoomMode.Ban, what.IsMute ? UserMask.MutePrefix + whom.Mask : whom.Mask)
        {
            Until = what.Until,
            Reason = what.Reason.Length == 0 ? null : what.Reason,
            Name = what.Name.Value,
            Who = whom.Who,
        };

    /// <summary>Asks a user into a room, and tells it.</summary>
    public Verdict Invite(RoomAsk ask, RoomName room, User guest)
    {
        var by = ask.By.User!.Actor;
        UserInvited? entry = null;
        var verdict = Decide(
            ask,
            room,
            (policy, _) => policy.RefusesInvitation(by, guest.Id, time.GetUtcNow()),
            (state, now) => entry = new UserInvited(
                state.Name, 0, now, By(state, by), guest.Actor, new RoomPolicy(state).Admits(by)));
        if (entry is not null)
        {
            ask.Finish(lane, () =>
            {
                foreach (var each in guest.Sessions)
                {
                    each.Tell(new Invitation(entry));
                }
            });
        }

        return verdict;
    }

    /// <summary>Takes an invitation back.</summary>
    /// <param name="ask">What is asked, by whom.</param>
    /// <param name="room">The room.</param>
    /// <param name="name">Whom it is for.</param>
    /// <param name="guest">Who wears that name; null for nobody.</param>
    public Verdict WithdrawInvitation(RoomAsk ask, RoomName room, UserName name, User? guest)
    {
        var by = ask.By.User!.Actor;
        Actor invited = default;
        return Decide(
            ask,
            room,
            (policy, state) => policy.RefusesWithdrawal(by) ?? (TryFindInvited(state, name, guest, out invited) ? null : Verdict.NotInvited),
            (state, now) => new InvitationWithdrawn(state.Name, 0, now, By(state, by), invited));
    }

    /// <summary>The invitations into a room; null if somebody may not give any that admit.</summary>
    public IReadOnlyList<InvitationView>? Guests(RoomName room, Actor by)
        => rooms.TryGet(room, out var found)
            ? found.Ask(state => new RoomPolicy(state).RefusesWithdrawal(by) is null
                ? state.Invitations.Values.OrderBy(its => its.Guest.Name).Select(its => new InvitationView(its.Guest.Name, its.Host.Name)).ToList()
                : null)
            : null;

    /// <summary>Finds who was asked in: the one who wears a name, or else the one who wore it then.</summary>
    private static bool TryFindInvited(RoomState state, UserName name, User? guest, out Actor invited)
    {
        var id = guest is not null && state.IsInvited(guest.Id) ? guest.Id : state.Invitations.FirstOrDefault(its => its.Value.Guest.Name == name).Key;
        invited = id == 0 ? default : state.Invitations[id].Guest with { UserId = id };
        return id != 0;
    }

    /// <summary>The rooms that a viewer was asked into.</summary>
    public Page<RoomName, RoomName> Invitations(ListInvitations what, Viewer viewer)
        => List(what.After, what.Limit, state => state.IsInvited(viewer.UserId) && state.Count > 0 ? state.Name : (RoomName?)null);

    public Verdict RenameRoom(RoomAsk ask, RoomName room, RoomName newName, string reason)
        => rooms.TryGet(room, out var found)
            ? rooms.Refusal(newName) ?? found.Rename(ask, newName, reason, rooms)
            : Verdict.NoSuchRoom;

    public RoomView? Find(RoomName room, string? key, Viewer viewer)
        => rooms.TryGet(room, out var found) ? found.Ask(state => IsThere(state, viewer) ? new RoomPolicy(state).ViewFor(viewer, key) : null) : null;

    /// <summary>The rooms that have members and that a viewer may know of.</summary>
    public Page<RoomSummary, RoomName> List(ListRooms what, Viewer viewer)
        => List(what.After, what.Limit, state => state.Count > 0 && new RoomPolicy(state).SightOf(viewer) != RoomSight.None ? state.Summary : (RoomSummary?)null);

    private Page<T, RoomName> List<T>(RoomName after, int limit, Func<RoomState, T?> pick)
        where T : struct
    {
        var names = rooms.After(after, limit);
        var found = new List<T>(names.Count);
        foreach (var name in names)
        {
            if (rooms.TryGet(name, out var room) && room.Ask(pick) is { } item)
            {
                found.Add(item);
            }
        }

        return Page<T, RoomName>.Of(names, limit, found);
    }

    /// <summary>True if a room is there for a viewer: a registered one that is empty is for those who have a role in it.</summary>
    private static bool IsThere(RoomState state, Viewer viewer)
        => state.Count > 0 || (state.Registration is not null && new RoomPolicy(state).ListsFor(viewer));

    /// <summary>A user under the name that it has in a room.</summary>
    private static Actor By(RoomState state, Actor user) => state.TryGet(user.UserId, out var member) ? member.Actor : user;

    private Verdict Decide(
        RoomAsk ask, RoomName room, Func<RoomPolicy, RoomState, Verdict?> refuse, Func<RoomState, DateTimeOffset, RoomEvent> happen)
        => rooms.TryGet(room, out var found) ? found.Decide(ask, refuse, happen) : Verdict.NoSuchRoom;
}
