using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <content>What is decided about rooms, and asked about them.</content>
public sealed partial class LocalBroker
{
    /// <inheritdoc/>
    public ValueTask<Verdict> JoinAsync(
        Session session, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default)
        => new(Join(session, leaving: default, room, key, numbers: null, replay: null, out _));

    /// <inheritdoc/>
    public ValueTask<Verdict> MoveAsync(
        Session session, RoomName leaving, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default)
        => new(Join(session, leaving, room, key, numbers: null, replay: null, out _));

    /// <inheritdoc/>
    public ValueTask<Verdict> LeaveAsync(Session session, RoomName room, string reason = "", CancellationToken cancellationToken = default)
        => new(Refusal(session, out var user) ?? _memberships.Leave(session, user, room, reason));

    /// <inheritdoc/>
    public ValueTask<Verdict> SetTopicAsync(Session session, RoomName room, string topic, CancellationToken cancellationToken = default)
        => new(Refusal(session, out _) ?? _decisions.SetTopic(session, room, topic));

    /// <inheritdoc/>
    public ValueTask<ModesResult?> ChangeModesAsync(
        Session session, RoomName room, IReadOnlyList<RoomModeChange> changes, CancellationToken cancellationToken = default)
        => new(Refusal(session, out _) is null ? _decisions.ChangeModes(session, room, changes) : null);

    /// <inheritdoc/>
    public ValueTask<Verdict> KickAsync(
        Session session, RoomName room, UserName member, string reason = "", CancellationToken cancellationToken = default)
        => new(Refusal(session, out _) ?? _decisions.Kick(session, room, member, reason));

    /// <inheritdoc/>
    public ValueTask<Verdict> InviteAsync(Session session, RoomName room, UserName invited, CancellationToken cancellationToken = default)
        => new(Refusal(session, out _) ?? _decisions.Invite(session, room, invited));

    /// <inheritdoc/>
    public ValueTask<Verdict> RenameRoomAsync(
        Session session, RoomName room, RoomName newName, string reason = "", CancellationToken cancellationToken = default)
        => new(RenameRoom(session, room, newName, reason, numbers: null));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(Session? viewer, CancellationToken cancellationToken = default)
        => new(_decisions.List(viewer?.User));

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
    public ValueTask<IReadOnlyList<RoomName>> ListInvitationsAsync(Session session, CancellationToken cancellationToken = default)
        => new(Refusal(session, out _) is null ? _decisions.Invitations(session) : []);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UserName>> ListMembersAsync(RoomName room, CancellationToken cancellationToken = default)
        => new(_rooms.TryGet(room, out var found) ? found.Ask(static state => state.Members.Select(member => member.Actor.Name).ToArray()) : []);

    /// <inheritdoc/>
    public ValueTask<IRoomView?> FindRoomAsync(RoomName room, CancellationToken cancellationToken = default) => new(_decisions.Find(room));

    /// <inheritdoc cref="Memberships.Join"/>
    internal Verdict Join(
        Session session, RoomName leaving, RoomName room, string? key, RoomNumbers? numbers, OutboxHole? replay, out long lastNumber)
    {
        lastNumber = 0;
        return Refusal(session, out var user) ?? _memberships.Join(session, user, leaving, room, key, numbers, replay, out lastNumber);
    }

    /// <inheritdoc cref="RoomDecisions.RenameRoom"/>
    internal Verdict RenameRoom(Session session, RoomName room, RoomName newName, string reason, RoomNumbers? numbers)
        => Refusal(session, out _) ?? _decisions.RenameRoom(session, room, newName, reason, numbers);
}
