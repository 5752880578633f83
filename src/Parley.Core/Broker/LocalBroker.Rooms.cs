using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <content>What is decided about rooms by those who are in them.</content>
public sealed partial class LocalBroker
{
    /// <inheritdoc/>
    public ValueTask<Verdict> SetTopicAsync(Session session, RoomName room, string topic, CancellationToken cancellationToken = default)
        => new(Decide(
            session,
            room,
            (rules, by) => rules.RefusesTopic(by),
            (state, by) => new TopicChanged(state.Name, state.Sequence + 1, time.GetUtcNow(), by, topic)));

    /// <inheritdoc/>
    public ValueTask<ModesResult?> ChangeModesAsync(
        Session session, RoomName room, IReadOnlyList<RoomModeChange> changes, CancellationToken cancellationToken = default)
        => new(Refusal(session, out var user) is null && _rooms.TryGet(room, out var found)
            ? found.ChangeModes(user.Actor, changes, time.GetUtcNow())
            : null);

    /// <inheritdoc/>
    public ValueTask<Verdict> KickAsync(
        Session session, RoomName room, UserName member, string reason = "", CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is { } refusal)
        {
            return new(refusal);
        }

        if (!_rooms.TryGet(room, out var found))
        {
            return new(Verdict.NoSuchRoom);
        }

        if (_names.Find(member) is not { } target)
        {
            return new(Verdict.TargetNotInRoom);
        }

        // Where its member is, is decided under the member's gate; whoever kicks needs none of its own for it.
        lock (target.Gate)
        {
            var verdict = found.Decide(
                (rules, state) => state.TryGet(target.Id, out var kicked) ? rules.RefusesKick(user.Actor, kicked) : Verdict.TargetNotInRoom,
                state => new MemberKicked(state.Name, state.Sequence + 1, time.GetUtcNow(), user.Actor, target.Actor, reason));
            if (verdict == Verdict.Accepted)
            {
                LetGo(target, found);
            }

            return new(verdict);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> InviteAsync(Session session, RoomName room, UserName invited, CancellationToken cancellationToken = default)
    {
        if (_names.Find(invited) is not { } guest)
        {
            return new(Verdict.NotHere);
        }

        UserInvited? entry = null;
        var verdict = Decide(
            session,
            room,
            (rules, by) => rules.RefusesInvitation(by, invited),
            (state, by) => entry = new UserInvited(state.Name, state.Sequence + 1, time.GetUtcNow(), by, guest.Name));
        if (entry is not null)
        {
            foreach (var each in guest.Sessions)
            {
                each.Tell(entry, static (flavor, entry, output) => flavor.EncodeInvitation(entry, output));
            }
        }

        return new(verdict);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> RenameRoomAsync(
        Session session, RoomName room, RoomName newName, string reason = "", CancellationToken cancellationToken = default)
    {
        if (!_rooms.TryGet(room, out var found))
        {
            return new(Verdict.NoSuchRoom);
        }

        var oldName = found.Name;
        var isRespelled = newName == oldName;
        if (!isRespelled && !_rooms.TryReserve(newName, found))
        {
            return new(Verdict.RoomExists);
        }

        var verdict = Decide(
            session,
            room,
            (rules, by) => rules.RefusesMode(by, new RoomModeChange(IsAdding: true, RoomMode.Key, "any")),
            (state, by) => new RoomRenamed(state.Name, state.Sequence + 1, time.GetUtcNow(), by, newName, reason));
        if (!isRespelled)
        {
            _rooms.Remove(verdict == Verdict.Accepted ? oldName : newName, found);
        }

        return new(verdict);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> RedactAsync(
        Session session, RoomName room, long number, string reason = "", CancellationToken cancellationToken = default)
        => new(Verdict.NoSuchMessage);

    /// <inheritdoc/>
    public ValueTask<Verdict> RedactDirectAsync(
        Session session, UserName other, long number, string reason = "", CancellationToken cancellationToken = default)
        => new(Verdict.NoSuchMessage);

    /// <inheritdoc/>
    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
        => new(room.IsEmpty ? _direct.LastNumber : _rooms.TryGet(room, out var found) ? found.LastNumber : 0);

    /// <summary>Tells both ends of a direct message that it is to be shown no more.</summary>
    /// <param name="redaction">What is to be told.</param>
    /// <param name="entry">The message: whoever has taken a name of one end since is not told.</param>
    internal void TellRedacted(DirectRedacted redaction, HistoryEntry entry)
    {
        foreach (var end in new[] { Find(redaction.From.Name), Find(redaction.To) }.OfType<User>().Distinct())
        {
            foreach (var session in end.Reader.MayRead(entry) ? end.Sessions : [])
            {
                session.Tell(redaction, static (flavor, redaction, output) => flavor.EncodeRedaction(redaction, output));
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IRoomView?> FindRoomAsync(RoomName room, CancellationToken cancellationToken = default)
        => new(_rooms.TryGet(room, out var found) && found.Copy() is { Members.Count: > 0 } view ? view : null);

    /// <summary>Has a member's sessions follow the room no more; its gate MUST be held.</summary>
    private void LetGo(User member, Room room)
    {
        foreach (var session in member.Sessions)
        {
            if (session.Find(room.Name) is { } place)
            {
                room.Unfollow(place);
                session.Outbox.ScheduleSend();
            }
        }

        if (room.CloseIfEmpty())
        {
            _rooms.Remove(room);
        }
    }

    private Verdict Decide(
        Session session, RoomName room, Func<RoomRules, Actor, Verdict?> refuse, Func<RoomState, Actor, RoomEvent> happen)
    {
        if (Refusal(session, out var user) is { } refusal)
        {
            return refusal;
        }

        return _rooms.TryGet(room, out var found)
            ? found.Decide((rules, _) => refuse(rules, user.Actor), state => happen(state, user.Actor))
            : Verdict.NoSuchRoom;
    }
}
