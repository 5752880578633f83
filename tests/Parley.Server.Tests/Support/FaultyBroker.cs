using System.Text;
using Parley.Core.Broker;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Server.Tests.Support;

/// <summary>A broker that fails whoever says <c>fail</c>, or asks for the users of room <c>faulty</c>.</summary>
internal sealed class FaultyBroker(IBroker broker) : IBroker
{
    public ValueTask<Verdict> PostAsync(Session session, RoomName room, MessageDraft draft, CancellationToken cancellationToken = default)
        => Encoding.UTF8.GetString(draft.Text.Span) == "fail"
            ? throw new InvalidOperationException("The broker failed, as a test wants it")
            : broker.PostAsync(session, room, draft, cancellationToken);

    public ValueTask<Verdict> SignInAsync(Session session, UserName name, UserProfile? profile = null, CancellationToken cancellationToken = default)
        => broker.SignInAsync(session, name, profile, cancellationToken);

    public ValueTask<Verdict> AttachAsync(Session session, UserName name, CancellationToken cancellationToken = default)
        => broker.AttachAsync(session, name, cancellationToken);

    public ValueTask<Verdict> RenameAsync(Session session, UserName newName, CancellationToken cancellationToken = default)
        => broker.RenameAsync(session, newName, cancellationToken);

    public ValueTask<Verdict> UpdateProfileAsync(Session session, UserProfile profile, CancellationToken cancellationToken = default)
        => broker.UpdateProfileAsync(session, profile, cancellationToken);

    public ValueTask<Verdict> JoinAsync(
        Session session, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default)
        => broker.JoinAsync(session, room, replay, key, cancellationToken);

    public ValueTask<Verdict> MoveAsync(
        Session session, RoomName leaving, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default)
        => broker.MoveAsync(session, leaving, room, replay, key, cancellationToken);

    public ValueTask<Verdict> LeaveAsync(Session session, RoomName room, string reason = "", CancellationToken cancellationToken = default)
        => broker.LeaveAsync(session, room, reason, cancellationToken);

    public ValueTask<IReadOnlyList<UserName>> SendDirectAsync(
        Session session, IReadOnlyList<UserName> recipients, MessageDraft draft, CancellationToken cancellationToken = default)
        => broker.SendDirectAsync(session, recipients, draft, cancellationToken);

    public ValueTask<Verdict> SetTopicAsync(Session session, RoomName room, string topic, CancellationToken cancellationToken = default)
        => broker.SetTopicAsync(session, room, topic, cancellationToken);

    public ValueTask<ModesResult?> ChangeModesAsync(
        Session session, RoomName room, IReadOnlyList<RoomModeChange> changes, CancellationToken cancellationToken = default)
        => broker.ChangeModesAsync(session, room, changes, cancellationToken);

    public ValueTask<Verdict> KickAsync(
        Session session, RoomName room, UserName member, string reason = "", CancellationToken cancellationToken = default)
        => broker.KickAsync(session, room, member, reason, cancellationToken);

    public ValueTask<Verdict> InviteAsync(Session session, RoomName room, UserName invited, CancellationToken cancellationToken = default)
        => broker.InviteAsync(session, room, invited, cancellationToken);

    public ValueTask<Verdict> RenameRoomAsync(
        Session session, RoomName room, RoomName newName, string reason = "", CancellationToken cancellationToken = default)
        => broker.RenameRoomAsync(session, room, newName, reason, cancellationToken);

    public ValueTask<Verdict> RedactAsync(
        Session session, RoomName room, long number, string reason = "", CancellationToken cancellationToken = default)
        => broker.RedactAsync(session, room, number, reason, cancellationToken);

    public ValueTask<Verdict> RedactDirectAsync(
        Session session, UserName other, long number, string reason = "", CancellationToken cancellationToken = default)
        => broker.RedactDirectAsync(session, other, number, reason, cancellationToken);

    public ValueTask<long> LastNumberAsync(RoomName room, CancellationToken cancellationToken = default)
        => broker.LastNumberAsync(room, cancellationToken);

    public ValueTask ShareReadMarkerAsync(Session session, string target, DateTimeOffset time, CancellationToken cancellationToken = default)
        => broker.ShareReadMarkerAsync(session, target, time, cancellationToken);

    public ValueTask<Verdict> DisconnectAsync(UserName user, string reason, CancellationToken cancellationToken = default)
        => broker.DisconnectAsync(user, reason, cancellationToken);

    public ValueTask WatchAsync(Session session, UserName name, CancellationToken cancellationToken = default)
        => broker.WatchAsync(session, name, cancellationToken);

    public ValueTask UnwatchAsync(Session session, UserName name, CancellationToken cancellationToken = default)
        => broker.UnwatchAsync(session, name, cancellationToken);

    public ValueTask SendWallopsAsync(Session session, ReadOnlyMemory<byte> text, CancellationToken cancellationToken = default)
        => broker.SendWallopsAsync(session, text, cancellationToken);

    public ValueTask<IReadOnlyList<UserName>> ListMembersAsync(RoomName room, CancellationToken cancellationToken = default)
        => broker.ListMembersAsync(room, cancellationToken);

    public ValueTask<Verdict> SetValueAsync(Session session, string key, string? value, CancellationToken cancellationToken = default)
        => broker.SetValueAsync(session, key, value, cancellationToken);

    public ValueTask<Verdict> SetRoomValueAsync(
        Session session, RoomName room, string key, string? value, CancellationToken cancellationToken = default)
        => broker.SetRoomValueAsync(session, room, key, value, cancellationToken);

    public ValueTask<IRoomView?> FindRoomAsync(RoomName room, CancellationToken cancellationToken = default)
        => broker.FindRoomAsync(room, cancellationToken);

    public ValueTask<UserView?> FindUserAsync(UserName name, CancellationToken cancellationToken = default)
        => broker.FindUserAsync(name, cancellationToken);

    public ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(Session? viewer, CancellationToken cancellationToken = default)
        => broker.ListRoomsAsync(viewer, cancellationToken);

    public ValueTask<IReadOnlyList<RoomName>> ListInvitationsAsync(Session session, CancellationToken cancellationToken = default)
        => broker.ListInvitationsAsync(session, cancellationToken);

    public ValueTask<IReadOnlyList<PastUser>> FindPastUsersAsync(UserName name, CancellationToken cancellationToken = default)
        => broker.FindPastUsersAsync(name, cancellationToken);

    public ValueTask<UserCounts> CountUsersAsync(CancellationToken cancellationToken = default) => broker.CountUsersAsync(cancellationToken);

    public ValueTask<IReadOnlyList<Actor>> ListUsersAsync(CancellationToken cancellationToken = default)
        => broker.ListUsersAsync(cancellationToken);

    public ValueTask SettleAsync(Session session) => broker.SettleAsync(session);

    public ValueTask SignOutAsync(Session session, string reason = "") => broker.SignOutAsync(session, reason);

    public ValueTask StopAsync() => broker.StopAsync();
}
