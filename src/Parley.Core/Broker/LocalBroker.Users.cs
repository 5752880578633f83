using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <content>What is decided about users, and asked about them.</content>
public sealed partial class LocalBroker
{
    /// <inheritdoc/>
    public ValueTask<Verdict> UpdateProfileAsync(Session session, UserProfile profile, CancellationToken cancellationToken = default)
        => new(Refusal(session, out var user) ?? _users.UpdateProfile(session, user, profile));

    /// <inheritdoc/>
    public ValueTask<Verdict> DisconnectAsync(UserName user, string reason, CancellationToken cancellationToken = default)
        => new(_users.Disconnect(user, reason));

    /// <inheritdoc/>
    public ValueTask<Verdict> SetValueAsync(Session session, string key, string? value, CancellationToken cancellationToken = default)
        => new(Refusal(session, out var user) ?? _values.Set(user, session, key, value));

    /// <inheritdoc/>
    public ValueTask<Verdict> SetRoomValueAsync(
        Session session, RoomName room, string key, string? value, CancellationToken cancellationToken = default)
        => new(Refusal(session, out var user) ?? _values.Set(user, session, room, key, value));

    /// <inheritdoc/>
    public ValueTask WatchAsync(Session session, UserName name, CancellationToken cancellationToken = default)
    {
        _watch.Add(session, name);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask UnwatchAsync(Session session, UserName name, CancellationToken cancellationToken = default)
    {
        _watch.Remove(session, name);
        return default;
    }

    /// <inheritdoc/>
    public ValueTask SendWallopsAsync(Session session, ReadOnlyMemory<byte> text, CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is null)
        {
            _users.SendWallops(user, text);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask ShareReadMarkerAsync(Session session, string target, DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is null)
        {
            _users.ShareReadMarker(user, session, target, time);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<UserView?> FindUserAsync(UserName name, CancellationToken cancellationToken = default) => new(_users.Find(name));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PastUser>> FindPastUsersAsync(UserName name, CancellationToken cancellationToken = default)
        => new(_past.Find(name));

    /// <inheritdoc/>
    public ValueTask<UserCounts> CountUsersAsync(CancellationToken cancellationToken = default)
        => new(_counter.Count(_rooms.Count));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Actor>> ListUsersAsync(CancellationToken cancellationToken = default)
        => new([.. _names.All().Select(user => user.Actor)]);
}
