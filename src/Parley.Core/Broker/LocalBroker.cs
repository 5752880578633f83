using System.IO.Pipelines;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Broker;

/// <summary>The broker of a single machine: decides on the spot, on the caller's thread.</summary>
/// <remarks>
/// What concerns one user (its name, where it is) is decided under that user's gate, what concerns one room under that
/// room's. So a rename or a departure is complete in every room before the next thing about that user begins.
/// </remarks>
public sealed partial class LocalBroker(
    TimeProvider time, BrokerOptions options, PipeScheduler? flushes = null, IMessageObserver? observer = null) : IBroker
{
    private readonly NameDirectory _names = new();
    private readonly RoomDirectory _rooms = new(time, flushes ?? PipeScheduler.ThreadPool, observer);
    private readonly DirectDelivery _direct = new();
    private readonly PresenceWatch _watch = new();
    private long _lastUserId;
    private volatile bool _stopping;

    /// <summary>What rooms are flushed by.</summary>
    internal PipeScheduler Flushes { get; } = flushes ?? PipeScheduler.ThreadPool;

    /// <inheritdoc/>
    public ValueTask<Verdict> SignInAsync(Session session, UserName name, UserProfile? profile = null, CancellationToken cancellationToken = default)
    {
        if (_stopping)
        {
            return new(Verdict.Stopping);
        }

        var user = new User(Interlocked.Increment(ref _lastUserId), name, profile ?? UserProfile.Unknown, time.GetUtcNow());
        user.Add(session);
        session.User = user;
        if (_names.TryClaim(name, user))
        {
            _watch.Tell(user.Actor, isHere: true);
            return new(Verdict.Accepted);
        }

        session.User = null;
        return new(Verdict.NameTaken);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> AttachAsync(Session session, UserName name, CancellationToken cancellationToken = default)
    {
        if (_stopping)
        {
            return new(Verdict.Stopping);
        }

        if (_names.Find(name) is not { } user)
        {
            return new(Verdict.NotHere);
        }

        lock (user.Gate)
        {
            if (user.IsGone)
            {
                return new(Verdict.NotHere);
            }

            user.Add(session);
            session.User = user;
        }

        return new(Verdict.Accepted);
    }

    /// <inheritdoc/>
    public ValueTask SignOutAsync(Session session, string reason = "")
    {
        if (session.User is not { } user)
        {
            return default;
        }

        lock (user.Gate)
        {
            if (session.User is null)
            {
                return default;
            }

            var followed = session.Subscriptions.Select(subscription => subscription.Room).ToArray();
            foreach (var subscription in session.Subscriptions)
            {
                subscription.Room.Unfollow(subscription);
            }

            user.Remove(session);
            _watch.Remove(session);
            session.User = null;
            user.IsGone = user.Sessions.Length == 0;
            Depart(user, [.. followed.Where(room => !user.IsIn(room))], reason, quits: user.IsGone);
            if (user.IsGone)
            {
                _names.Release(user.Name, user);
                _watch.Tell(user.Actor, isHere: false);
            }
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> RenameAsync(Session session, UserName newName, CancellationToken cancellationToken = default)
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

            var (old, oldName) = (user.Actor, user.Name);
            var respelled = newName == oldName && !string.Equals(newName.Value, oldName.Value, StringComparison.Ordinal);
            if (!respelled && !_names.TryClaim(newName, user))
            {
                return new(Verdict.NameTaken);
            }

            var rooms = RoomsOf(user);
            var audience = rooms.Length > 1 ? new OncePerSession() : null;
            if (audience is not null)
            {
                Settle(rooms);
            }

            foreach (var room in rooms)
            {
                room.Rename(old, newName, time.GetUtcNow(), audience);
            }

            user.Rename(newName);
            TellSessionsOutsideRooms(user, new UserRenamed(default, 0, time.GetUtcNow(), old, newName));
            Settle(rooms);
            if (!respelled)
            {
                _names.Release(oldName, user);
                _watch.Tell(old, isHere: false);
                _watch.Tell(user.Actor, isHere: true);
            }
        }

        return new(Verdict.Accepted);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> JoinAsync(
        Session session, RoomName room, int replay = 0, string? key = null, CancellationToken cancellationToken = default)
        => new(Join(session, room, key, numbers: null, replay: null, out _));

    /// <inheritdoc cref="Room.Enter"/>
    internal Verdict Join(Session session, RoomName room, string? key, RoomNumbers? numbers, OutboxHole? replay, out long lastNumber)
    {
        lastNumber = 0;
        if (Refusal(session, out var user) is { } refusal)
        {
            return refusal;
        }

        lock (user.Gate)
        {
            if (session.User is null)
            {
                return Verdict.SignedOut;
            }

            if (session.Find(room) is not null)
            {
                return Verdict.AlreadyInRoom;
            }

            if (session.Subscriptions.Length >= options.MaxRoomsPerSession)
            {
                return Verdict.TooManyRooms;
            }

            // A room may close between finding and entering it. Whoever closed it may not have taken it off the list yet:
            // to do so here as well spares waiting for that, and the next round makes a new one.
            while (true)
            {
                var found = _rooms.GetOrAdd(room);
                if (found.Enter(session, user.Actor, key, time.GetUtcNow(), numbers, replay, out lastNumber) is { } verdict)
                {
                    return verdict;
                }

                _rooms.Remove(found);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> LeaveAsync(Session session, RoomName room, string reason = "", CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is { } refusal)
        {
            return new(refusal);
        }

        lock (user.Gate)
        {
            if (session.Find(room) is not { } subscription)
            {
                return new(Verdict.NotInRoom);
            }

            subscription.Room.Unfollow(subscription);
            if (!user.IsIn(subscription.Room))
            {
                Depart(user, [subscription.Room], reason, quits: false);
            }
        }

        // It was given what the room had said, and no flush of that room will come by it any more.
        session.Outbox.ScheduleSend();
        return new(Verdict.Accepted);
    }

    /// <inheritdoc/>
    public ValueTask<Verdict> PostAsync(Session session, RoomName room, MessageDraft draft, CancellationToken cancellationToken = default)
    {
        if (Refusal(session, room, out var user, out var place, out var found) is { } refusal)
        {
            return new(refusal);
        }

        var sample = session.Outbox.Traffic?.Accepted();
        var now = time.GetUtcNow();
        user.Spoke(now);
        var verdict = found.Post(place, user.Actor, draft, now, sample, out var wait);
        return wait is null ? new(verdict) : AcceptedAfterAsync(wait, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask SettleAsync(Session session) => default;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UserName>> SendDirectAsync(
        Session session,
        IReadOnlyList<UserName> recipients,
        MessageDraft draft,
        CancellationToken cancellationToken = default)
    {
        if (Refusal(session, out var user) is not null)
        {
            return new(recipients);
        }

        session.Outbox.Traffic?.Accepted();
        return new(SendDirect(session, user, recipients, draft, time.GetUtcNow(), static _ => 0));
    }

    /// <summary>Delivers a message that was accepted.</summary>
    /// <returns>Those who are not here.</returns>
    internal IReadOnlyList<UserName> SendDirect(
        Session session, User author, IReadOnlyList<UserName> recipients, MessageDraft draft, DateTimeOffset accepted, Func<UserName, long> number)
    {
        author.Spoke(accepted);
        return _direct.Send(session, author, recipients, _names, draft, accepted, number);
    }

    /// <summary>Whether somebody wears the name.</summary>
    internal bool IsHere(UserName name) => _names.Find(name) is not null;

    /// <summary>
    /// Why the session can say nothing in the room; null if it can, as far as can be told without asking the room, and
    /// then whose session it is, its place there if it has one, and the room.
    /// </summary>
    internal Verdict? Refusal(Session session, RoomName room, out User user, out Subscription? place, out Room found)
    {
        place = session.Find(room);
        found = place?.Room!;
        return Refusal(session, out user)
            ?? (place is null && !_rooms.TryGet(room, out found) ? Verdict.NoSuchRoom : null);
    }

    /// <summary>Why nothing can be decided for the session; null if it can, and then whose it is.</summary>
    internal Verdict? Refusal(Session session, out User user)
    {
        user = session.User!;
        return _stopping ? Verdict.Stopping : user is null ? Verdict.SignedOut : null;
    }

    /// <summary>Tells all rooms something.</summary>
    internal void Announce(string text)
    {
        foreach (var room in _rooms.All())
        {
            room.Announce(text, time.GetUtcNow());
        }
    }

    /// <summary>Counts who is here, without keeping anybody waiting: for whoever watches over the server.</summary>
    public BrokerCensus Census()
    {
        var (users, sessions, waiting) = (0, 0, 0L);
        foreach (var user in _names.All())
        {
            users++;
            foreach (var session in user.Sessions)
            {
                sessions++;
                waiting += session.Outbox.WaitingBytes;
            }
        }

        return new BrokerCensus(users, sessions, _rooms.Estimate(), waiting);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RoomSummary>> ListRoomsAsync(CancellationToken cancellationToken = default)
        => new([.. _rooms.All().Select(room => room.Summary).Where(room => room.Users > 0 && !room.IsSecret)]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UserName>> ListMembersAsync(RoomName room, CancellationToken cancellationToken = default)
        => new(_rooms.TryGet(room, out var found) ? found.Members() : []);

    /// <inheritdoc/>
    public ValueTask StopAsync()
    {
        // Whoever got past the first of these is stopped, or waited for, by the others.
        _stopping = true;
        _direct.Stop();
        foreach (var room in _rooms.All())
        {
            room.Stop();
            room.Flush();
        }

        return default;
    }

    private static async ValueTask<Verdict> AcceptedAfterAsync(Task wait, CancellationToken cancellationToken)
    {
        await wait.WaitAsync(cancellationToken);
        return Verdict.Accepted;
    }

    private static Room[] RoomsOf(User user)
        => [.. user.Sessions.SelectMany(session => session.Subscriptions).Select(subscription => subscription.Room).Distinct()];

    /// <summary>Has everything that these rooms have said in their members' outboxes.</summary>
    /// <remarks>
    /// Rooms are flushed in any order, and of an event about a user a session is shown what comes first. So ahead of such
    /// an event goes what was said before it: otherwise whoever shares several of the rooms could be shown the event in
    /// one, and after it what its user said before it in another. And the event itself goes ahead of the next one about
    /// the same user, which may concern other rooms: otherwise two renames could be shown the wrong way round.
    /// </remarks>
    private static void Settle(Room[] rooms)
    {
        foreach (var room in rooms)
        {
            room.AdvanceAll();
        }
    }

    private static void TellSessionsOutsideRooms(User user, RoomEvent entry)
    {
        foreach (var session in user.Sessions.Where(session => session.Subscriptions.Length == 0))
        {
            session.AppendPrivate(entry);
            session.Outbox.ScheduleSend();
        }
    }

    private void Depart(User user, Room[] rooms, string reason, bool quits)
    {
        // Leaving is about a room, quitting about the user: only of the latter is it enough to hear once.
        var audience = quits && rooms.Length > 1 ? new OncePerSession() : null;
        if (audience is not null)
        {
            Settle(rooms);
        }

        foreach (var room in rooms)
        {
            if (room.Depart(user.Actor, quits, reason, time.GetUtcNow(), audience))
            {
                _rooms.Remove(room);
            }
        }

        if (audience is not null)
        {
            Settle(rooms);
        }
    }
}
