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
public sealed partial class LocalBroker : IBroker
{
    private readonly TimeProvider _time;
    private readonly NameDirectory _names = new();
    private readonly RoomDirectory _rooms;
    private readonly Memberships _memberships;
    private readonly RoomDecisions _decisions;
    private readonly UserDecisions _users;
    private readonly ValueDecisions _values;
    private readonly DirectDelivery _direct = new();
    private readonly PresenceWatch _watch = new();
    private readonly PastUsers _past = new();
    private readonly UserCounter _counter = new();
    private long _lastUserId;
    private volatile bool _stopping;

    /// <summary>An empty broker.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="flushes">What rooms are flushed by; the thread pool unless given.</param>
    /// <param name="observer">Is told of everything that is said in rooms.</param>
    public LocalBroker(TimeProvider time, BrokerOptions options, PipeScheduler? flushes = null, IMessageObserver? observer = null)
    {
        _time = time;
        Flushes = flushes ?? PipeScheduler.ThreadPool;
        _rooms = new RoomDirectory(time, Flushes, observer);
        _memberships = new Memberships(_rooms, time, options);
        _decisions = new RoomDecisions(_names, _rooms, time);
        _users = new UserDecisions(_names, _watch, _counter, time);
        _values = new ValueDecisions(_rooms, _watch, options, time);
    }

    /// <summary>Is told what happens in rooms; set before anybody comes.</summary>
    internal IEventJournal? Journal
    {
        set => _rooms.Journal = value;
    }

    /// <summary>What rooms are flushed by.</summary>
    internal PipeScheduler Flushes { get; }

    /// <inheritdoc/>
    public ValueTask<Verdict> SignInAsync(Session session, UserName name, UserProfile? profile = null, CancellationToken cancellationToken = default)
    {
        if (_stopping)
        {
            return new(Verdict.Stopping);
        }

        var user = new User(Interlocked.Increment(ref _lastUserId), name, profile ?? UserProfile.Unknown, _time.GetUtcNow());
        user.Add(session);
        session.User = user;
        if (_names.TryClaim(name, user))
        {
            _counter.Came(user.Profile);
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
            _memberships.Depart(user, [.. followed.Where(room => !user.IsIn(room))], reason, quits: user.IsGone);
            if (user.IsGone)
            {
                _counter.Left(user.Profile);
                _past.Add(user.Actor, _time.GetUtcNow());
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

            var rooms = Memberships.RoomsOf(user);
            _users.ShowRename(session, user, newName, rooms);
            user.Rename(newName);
            if (!respelled)
            {
                user.NameSince(_time.GetUtcNow());
            }

            Memberships.Settle(rooms);
            if (!respelled)
            {
                _past.Add(old, _time.GetUtcNow());
                _names.Release(oldName, user);
                _watch.Tell(old, isHere: false);
                _watch.Tell(user.Actor, isHere: true);
            }
        }

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
        var now = _time.GetUtcNow();
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
        return new(SendDirect(session, user, recipients, draft, _time.GetUtcNow(), static _ => 0));
    }

    /// <summary>Delivers a message that was accepted.</summary>
    /// <returns>Those who are not here.</returns>
    internal IReadOnlyList<UserName> SendDirect(
        Session session, User author, IReadOnlyList<UserName> recipients, MessageDraft draft, DateTimeOffset accepted, Func<UserName, long> number)
    {
        author.Spoke(accepted);
        return _direct.Send(session, author, recipients, _names, draft, accepted, number);
    }

    /// <summary>Who wears the name; null if nobody does.</summary>
    internal User? Find(UserName name) => _names.Find(name);

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
    internal void Announce(string text) => _decisions.Announce(text);

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
}
