using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>What is decided about rooms by those who are in them. Whoever calls has made sure that the session has a user.</summary>
internal sealed class RoomDecisions(NameDirectory names, RoomDirectory rooms, TimeProvider time)
{
    /// <summary>Tells all rooms something that nobody in them said.</summary>
    public void Announce(string text)
    {
        foreach (var room in rooms.All())
        {
            var now = time.GetUtcNow();
            room.Happen(state => new ServerNotice(state.Name, state.Sequence + 1, now, text));
        }
    }

    public Verdict SetTopic(Session session, RoomName room, string topic)
    {
        var by = session.User!.Actor;
        return Decide(
            session,
            room,
            (rules, _) => rules.RefusesTopic(by),
            state => new TopicChanged(state.Name, state.Sequence + 1, time.GetUtcNow(), by, topic));
    }

    public ModesResult? ChangeModes(Session session, RoomName room, IReadOnlyList<RoomModeChange> changes)
        => rooms.TryGet(room, out var found) ? found.ChangeModes(session, changes, time.GetUtcNow()) : null;

    public Verdict Kick(Session session, RoomName room, UserName member, string reason)
    {
        if (!rooms.TryGet(room, out var found))
        {
            return Verdict.NoSuchRoom;
        }

        if (names.Find(member) is not { } target)
        {
            return found.Kick(session, target: null, reason, time.GetUtcNow());
        }

        // Where its member is, is decided under the member's gate; whoever kicks needs none of its own for it.
        lock (target.Gate)
        {
            var verdict = found.Kick(session, target, reason, time.GetUtcNow());
            if (verdict == Verdict.Accepted)
            {
                foreach (var kicked in target.Sessions)
                {
                    kicked.Outbox.ScheduleSend();
                }

                if (found.IsClosed)
                {
                    rooms.Remove(found.Name, found);
                }
            }

            return verdict;
        }
    }

    public Verdict Invite(Session session, RoomName room, UserName invited)
    {
        if (names.Find(invited) is not { } guest)
        {
            return Verdict.NotHere;
        }

        var by = session.User!.Actor;
        UserInvited? entry = null;
        var verdict = Decide(
            session,
            room,
            (rules, _) => rules.RefusesInvitation(by, guest.Id),
            state => entry = new UserInvited(
                state.Name, state.Sequence + 1, time.GetUtcNow(), by, guest.Actor, new RoomRules(state).Admits(by)));
        if (entry is not null)
        {
            foreach (var each in guest.Sessions)
            {
                each.Tell(entry, static (flavor, entry, output) => flavor.EncodeInvitation(entry, output));
            }
        }

        return verdict;
    }

    public IReadOnlyList<RoomName> Invitations(Session session)
    {
        var id = session.User!.Id;
        return [.. rooms.All().Where(room => room.Ask(state => state.IsInvited(id) && state.Count > 0)).Select(room => room.Name)];
    }

    public Verdict RenameRoom(Session session, RoomName room, RoomName newName, string reason, RoomNumbers? numbers)
        => rooms.TryGet(room, out var found)
            ? found.GoBy(session, newName, reason, time.GetUtcNow(), numbers, rooms)
            : Verdict.NoSuchRoom;

    public IRoomView? Find(RoomName room)
        => rooms.TryGet(room, out var found) ? found.Ask(static state => state.Count > 0 ? state.Copy() : null) : null;

    /// <summary>The rooms that have members and that a user may know of: those of its own, and those that are not secret.</summary>
    /// <param name="viewer">The user; null for anybody.</param>
    public IReadOnlyList<RoomSummary> List(User? viewer)
    {
        var seesAll = viewer?.Profile.IsOperator ?? false;
        return
        [
            .. rooms.All()
                .Select(room => room.Ask(state => (state.Summary, IsShown: state.Count > 0 && (seesAll || !state.Has(RoomMode.Secret) || IsIn(viewer, state)))))
                .Where(room => room.IsShown)
                .Select(room => room.Summary),
        ];
    }

    private static bool IsIn(User? user, RoomState state) => user is not null && state.TryGet(user.Id, out _);

    private Verdict Decide(
        Session session, RoomName room, Func<RoomRules, RoomState, Verdict?> refuse, Func<RoomState, RoomEvent> happen)
        => rooms.TryGet(room, out var found) ? found.Decide(refuse, happen, session) : Verdict.NoSuchRoom;
}
