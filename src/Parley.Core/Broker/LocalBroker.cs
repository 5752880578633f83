using System.IO.Pipelines;
using Parley.Core.Accounts;
using Parley.Core.Broker.History;
using Parley.Core.Broker.Keeping;
using Parley.Core.Broker.Rooms;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Moderation;
using Parley.Core.Queries;
using Parley.Core.Rooms;

namespace Parley.Core.Broker;

/// <summary>The broker of a single machine: decides on the caller's thread, and shows what it has decided once it is kept.</summary>
/// <remarks>
/// What concerns one user (its name, where it is) is decided under that user's gate, what concerns one room under that
/// room's. A decision is applied at once if nothing that it has to come behind is on its way; otherwise in its turn, by the
/// <see cref="Lane"/>. Without history nothing ever is.
/// </remarks>
public sealed partial class LocalBroker : IBroker, IBrokerCensus, IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly SessionTable _sessions = new();
    private readonly NameDirectory _names;
    private readonly MemberDirectory _members;
    private readonly ServerDoor _door;
    private readonly RoomDirectory _rooms;
    private readonly Memberships _memberships;
    private readonly RoomDecisions _decisions;
    private readonly RegistrationDecisions _registrations;
    private readonly Session _services;
    private readonly UserDecisions _users;
    private readonly ValueDecisions _values;
    private readonly UserDepartures _departures;
    private readonly UserEntrance _entrance;
    private readonly Redactions? _redactions;
    private readonly RoomRenamings? _renamings;
    private readonly DirectDelivery _direct;
    private readonly HistoryDesk _past;
    private readonly QueryDesk _queries;
    private readonly PresenceWatch _watch = new();
    private readonly PastUsers _pastUsers = new();
    private readonly UserCounter _counter = new();
    private readonly Lane? _lane;
    private readonly KeptHistory? _history;
    private volatile bool _stopping;
    private volatile bool _isHandedOver;

    /// <summary>An empty broker.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="flushes">What rooms are flushed by; the thread pool unless given. An <see cref="IFlushScheduler"/> flushes what is not said when it is idle.</param>
    /// <param name="observer">Is told of everything that is said in rooms.</param>
    /// <param name="history">Where and how history is kept; none is unless given.</param>
    /// <param name="owners">The names that belong to accounts; none unless given.</param>
    /// <param name="mailboxes">The accounts that are written to while they are away; none unless given.</param>
    /// <param name="bans">The bans from the server; none unless given.</param>
    /// <param name="registry">Where registered rooms are kept, whose rooms are here from the first moment; no room is ever registered unless given.</param>
    /// <exception cref="RoomRegistryException">Registered rooms cannot be read.</exception>
    public LocalBroker(
        TimeProvider time, BrokerOptions options, PipeScheduler? flushes = null, IMessageObserver? observer = null, Recording? history = null,
        INameOwners? owners = null, IMailboxes? mailboxes = null, IBanList? bans = null, IRoomRegistry? registry = null)
    {
        flushes ??= PipeScheduler.ThreadPool;
        _time = time;
        _names = new NameDirectory(options.RefusesLookAlikes, options.OnlyAsciiNames);
        _members = new MemberDirectory(options.MaxSessionsPerAccount);
        if (history is not null)
        {
            var keeper = new HistoryKeeper(history.Store, history.Options, new AnnouncingMonitor(history.Monitor, this), time);
            _lane = new Lane(keeper, history.Wakes ?? flushes, time, history.Options.KeepsEvents);
            _history = new KeptHistory(history, time);
            _redactions = new Redactions(_names, _history, _lane, time, observer);
        }
        else if (registry is { IsInMemory: false })
        {
            // What is kept takes time, and what comes behind it has to wait for it.
            _lane = new Lane(keeper: null, flushes, time, keepsEvents: false);
        }

        _services = Services.CreateSession(time);
        _rooms = new RoomDirectory(time, flushes, observer, _lane, options.OnlyAsciiNames, registry);
        _renamings = _history is null ? null : new RoomRenamings(_rooms, _history, _lane!);
        _memberships = new Memberships(_rooms, _names, options, _lane);
        _decisions = new RoomDecisions(_rooms, new PeopleDirectory(_names, owners), time, _lane);
        _registrations = new RegistrationDecisions(_rooms, options, registry, _services);
        _users = new UserDecisions(_names, _watch, _counter, Now, _lane, _services);
        _values = new ValueDecisions(_rooms, _watch, options, Now, _lane);
        _departures = new UserDepartures(_names, _members, _memberships, _users, _watch, _pastUsers, _counter, Now, _lane);
        _direct = new DirectDelivery(_names, _members, _lane, observer, mailboxes);
        _past = new HistoryDesk(_history, _direct);
        _queries = new QueryDesk(_sessions, _rooms, _decisions, _registrations, _users, _pastUsers, _counter, _past, new AttentionDesk(_members, _rooms, Now), Now);
        _door = new ServerDoor(bans, owners is null ? null : new NameOwnership(_names, _departures, owners));
        _entrance = new UserEntrance(
            _members, new UserArrivals(_names, _members, _watch, _counter, time), _departures, _users, _door, () => _stopping);
    }

    /// <summary>The parts that it decides with.</summary>
    internal BrokerParts Parts => new(_sessions, _names, _members, _rooms, _direct, _pastUsers, _counter, _watch, _queries, _history, _time, Now);

    /// <inheritdoc/>
    public bool KeepsHistory => _history is not null;

    /// <inheritdoc/>
    public SessionId Attach(Session session) => _sessions.Add(session);

    /// <inheritdoc/>
    public ValueTask DetachAsync(SessionId who, string reason = "")
    {
        if (_isHandedOver || _sessions.Find(who) is not { } session)
        {
            // What is handed over goes on elsewhere, whatever ends here.
            return default;
        }

        var leaving = session.User is { } user ? _departures.SignOutAsync(session, user, reason) : Task.CompletedTask;
        _sessions.Remove(session);
        return new(leaving);
    }

    /// <inheritdoc/>
    public ValueTask<Decision> AskAsync(SessionId who, Intention what, CancellationToken cancellationToken = default)
        => _sessions.Find(who) is not { } session ? AskFromOutsideAsync(who, what, cancellationToken)
            : what is Post post ? PostAsync(session, post, cancellationToken)
            : AskAsync(session, what, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<T> LookAsync<T>(SessionId who, Query<T> what, CancellationToken cancellationToken = default)
        => _queries.LookAsync(who, what, cancellationToken);

    /// <summary>Ends no session any more, as all of them go on in another process. Comes behind the stop.</summary>
    internal void HandOver() => _isHandedOver = true;

    /// <summary>Makes a session, which has a user already, one of this broker's.</summary>
    internal void Take(Session session)
    {
        _sessions.Add(session);
        session.Queue = _lane?.Behind;
        session.Outbox.CatchUp = session.Outbox.Overflow == OverflowPolicy.TellAndCatchUp ? _history?.CatchUp : null;
    }

    /// <summary>Tells all rooms something.</summary>
    internal void Announce(string text) => _decisions.Announce(text);

    /// <inheritdoc/>
    public BrokerCensus Census() => BrokerCensus.Of(_names.All(), _rooms.Estimate());

    /// <inheritdoc/>
    public async ValueTask StopAsync()
    {
        if (_lane is not null)
        {
            await _lane.StopAsync();
        }

        // Whoever got past the first of these is stopped, or waited for, by the others.
        _stopping = true;
        _direct.Stop();
        foreach (var room in _rooms.All())
        {
            room.Stop();
            room.Flush();
        }
    }

    /// <summary>Stops keeping; what was said before is kept.</summary>
    public ValueTask DisposeAsync() => _lane?.DisposeAsync() ?? default;

    private DateTimeOffset Now() => _time.GetUtcNow();
}
