using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <content>What is decided behind what the session has said before, and what is only asked.</content>
public sealed partial class RecordingBroker
{
    /// <inheritdoc/>
    public async ValueTask<Verdict> UpdateProfileAsync(Session session, UserProfile profile, CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return await _inner.UpdateProfileAsync(session, profile, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> SetTopicAsync(Session session, RoomName room, string topic, CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return await _inner.SetTopicAsync(session, room, topic, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<ModesResult?> ChangeModesAsync(
        Session session, RoomName room, IReadOnlyList<RoomModeChange> changes, CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return await _inner.ChangeModesAsync(session, room, changes, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> KickAsync(
        Session session, RoomName room, UserName member, string reason = "", CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return await _inner.KickAsync(session, room, member, reason, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> InviteAsync(Session session, RoomName room, UserName invited, CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return await _inner.InviteAsync(session, room, invited, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> RenameRoomAsync(
        Session session, RoomName room, RoomName newName, string reason = "", CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return _inner.RenameRoom(session, room, newName, reason, await NumbersAsync(newName, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask ShareReadMarkerAsync(Session session, string target, DateTimeOffset time, CancellationToken cancellationToken = default)
        => _inner.ShareReadMarkerAsync(session, target, time, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Verdict> SetValueAsync(Session session, string key, string? value, CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return await _inner.SetValueAsync(session, key, value, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Verdict> SetRoomValueAsync(
        Session session, RoomName room, string key, string? value, CancellationToken cancellationToken = default)
    {
        await SettleAsync(session);
        return await _inner.SetRoomValueAsync(session, room, key, value, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> DisconnectAsync(UserName user, string reason, CancellationToken cancellationToken = default)
        => _inner.DisconnectAsync(user, reason, cancellationToken);

    /// <inheritdoc/>
    public ValueTask WatchAsync(Session session, UserName name, CancellationToken cancellationToken = default)
        => _inner.WatchAsync(session, name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask UnwatchAsync(Session session, UserName name, CancellationToken cancellationToken = default)
        => _inner.UnwatchAsync(session, name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask SendWallopsAsync(Session session, ReadOnlyMemory<byte> text, CancellationToken cancellationToken = default)
        => _inner.SendWallopsAsync(session, text, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IRoomView?> FindRoomAsync(RoomName room, CancellationToken cancellationToken = default)
        => _inner.FindRoomAsync(room, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<UserView?> FindUserAsync(UserName name, CancellationToken cancellationToken = default)
        => _inner.FindUserAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PastUser>> FindPastUsersAsync(UserName name, CancellationToken cancellationToken = default)
        => _inner.FindPastUsersAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<UserCounts> CountUsersAsync(CancellationToken cancellationToken = default)
        => _inner.CountUsersAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Actor>> ListUsersAsync(CancellationToken cancellationToken = default)
        => _inner.ListUsersAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(Session? viewer, CancellationToken cancellationToken = default)
        => _inner.ListRoomsAsync(viewer, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomName>> ListInvitationsAsync(Session session, CancellationToken cancellationToken = default)
        => _inner.ListInvitationsAsync(session, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UserName>> ListMembersAsync(RoomName room, CancellationToken cancellationToken = default)
        => _inner.ListMembersAsync(room, cancellationToken);
}
