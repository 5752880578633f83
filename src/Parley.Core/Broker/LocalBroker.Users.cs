using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <content>What is decided about users, and asked about them.</content>
public sealed partial class LocalBroker
{
    /// <inheritdoc/>
    public ValueTask<Verdict> UpdateProfileAsync(Session session, UserProfile profile, CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is { } refusal)
        {
            return new(refusal);
        }

        lock (user.Gate)
        {
            if (user.IsGone)
            {
                return new(Verdict.SignedOut);
            }

            var rooms = Memberships.RoomsOf(user);
            var audience = new OncePerSession();
            var entry = new UserUpdated(default, 0, _time.GetUtcNow(), user.Actor, profile);
            foreach (var own in user.Sessions)
            {
                // Its own sessions are told by themselves: what they are told differs from what others are.
                audience.TryClaim(own);
            }

            Memberships.Settle(rooms);
            _counter.Changed(user.Profile, profile);
            user.Update(profile);
            foreach (var room in rooms)
            {
                room.Decide(
                    (rules, state) => state.TryGet(user.Id, out RoomMember _) ? null : Verdict.NotInRoom,
                    state => entry with { Room = state.Name, Sequence = state.Sequence + 1 },
                    audience: audience);
            }

            Memberships.Settle(rooms);
            foreach (var told in user.Sessions.Concat(_watch.Watchers(user.Name).Where(watcher => !watcher.FollowsAny(rooms))))
            {
                told.Tell(entry, static (flavor, entry, output) => flavor.Encode(entry, output));
            }
        }

        return new(Verdict.Accepted);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> DisconnectAsync(UserName user, string reason, CancellationToken cancellationToken = default)
    {
        if (_names.Find(user) is not { } target)
        {
            return new(Verdict.NotHere);
        }

        foreach (var session in target.Sessions)
        {
            session.Close(reason);
        }

        return new(Verdict.Accepted);
    }

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
            foreach (var each in _names.All().SelectMany(other => other.Sessions))
            {
                each.Tell((from: user.Actor, text), static (flavor, its, output) => flavor.EncodeWallops(its.from, its.text, output));
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask ShareReadMarkerAsync(Session session, string target, DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is null)
        {
            var account = user.Profile.Account;
            var users = account.IsEmpty ? [user] : _names.All().Where(other => other == user || other.Profile.Account == account);
            foreach (var other in users.SelectMany(other => other.Sessions).Where(other => other != session))
            {
                other.Tell((target, time), static (flavor, its, output) => flavor.EncodeReadMarker(its.target, its.time, output));
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<UserView?> FindUserAsync(UserName name, CancellationToken cancellationToken = default)
    {
        if (_names.Find(name) is not { } user)
        {
            return new((UserView?)null);
        }

        var rooms = Memberships.RoomsOf(user)
            .Select(room => room.Ask(state => (IsIn: state.TryGet(user.Id, out var member), state.Name, member.Rank, IsSecret: state.Has(RoomMode.Secret))))
            .Where(room => room.IsIn)
            .Select(room => (room.Name, room.Rank, room.IsSecret));
        return new(new UserView(user.Actor, [.. rooms], user.SignedOn, user.LastSpoke) { Values = user.Values });
    }

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
