using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Queries;

namespace Parley.Core.Broker.Sessions;

/// <summary>
/// One connection as the core sees it: whose it is, which rooms it follows, how it is shown events, and what it still has
/// to be sent.
/// </summary>
/// <remarks>A session never touches another session: it hands intentions to the broker, and events reach it in its outbox.</remarks>
public sealed class Session
{
    // Replaced as a whole under the user's gate, so that anyone may walk it. With those that it leaves until that is shown.
    private RoomPlace[] _subscriptions = [];
    private int _inFlight;
    private readonly Flavor? _privateFlavor;
    private string? _closeReason;
    private User? _user;
    private string? _quitReason;

    /// <summary>Starts a session that nobody has signed in on.</summary>
    /// <param name="flavor">How it is shown events.</param>
    /// <param name="outbox">The bounds of what may wait for it.</param>
    /// <param name="privateFlavor">How it is shown what it alone is shown; as the rest unless given.</param>
    /// <param name="framing">The frames that its lines travel in, if any; its flavor MUST write them, its private flavor writes bare lines.</param>
    public Session(Flavor flavor, OutboxOptions outbox, Flavor? privateFlavor = null, LineFraming? framing = null)
    {
        Flavor = flavor;
        _privateFlavor = privateFlavor;
        Outbox = new Outbox(privateFlavor ?? flavor, outbox) { Framing = framing };
    }

    /// <summary>A session that has its connection at another node.</summary>
    /// <param name="flavor">The flavor of the node's sessions.</param>
    /// <param name="node">The node.</param>
    /// <param name="id">Id of the session there.</param>
    internal Session(Flavor flavor, ISessionNode node, SessionId id)
    {
        (Flavor, Node) = (flavor, node);
        Outbox = new Outbox(flavor, new OutboxOptions()) { Owner = id.Value };
    }

    /// <summary>Id by which the broker knows it; none until it is attached to one.</summary>
    public SessionId Id { get; internal set; }

    /// <summary>User of the session; null before it has signed in and after it has signed out.</summary>
    public User? User
    {
        get => _user;
        internal set
        {
            _user = value;
            Node?.UserIs(this);
        }
    }

    /// <summary>The node at which its connection is; null if that is here.</summary>
    internal ISessionNode? Node { get; }

    /// <summary>It has a user of which its node knows.</summary>
    internal void Adopt(User user) => _user = user;

    /// <summary>Encoding in which the session is shown what happens in rooms.</summary>
    public Flavor Flavor { get; private set; }

    /// <summary>Encoding in which the session is shown what no other session is shown.</summary>
    public Flavor PrivateFlavor => _privateFlavor ?? Flavor;

    /// <summary>Why it is to end; null while it is not.</summary>
    public string? CloseReason => Volatile.Read(ref _closeReason);

    /// <summary>Reason that those who shared rooms with it are given; null while it is not to end.</summary>
    public string? QuitReason => Volatile.Read(ref _quitReason) ?? CloseReason;

    /// <summary>Connection that carries the session and is told when it is to end; set before it signs in.</summary>
    public ISessionConnection? Connection { get => Outbox.Connection; set => Outbox.Connection = value; }

    /// <summary>Queue of what the session still has to be sent.</summary>
    public Outbox Outbox { get; }

    /// <summary>
    /// Is told each room that the session follows no more, with the number in history of the last message that it was given
    /// there. Called under the room's gate: MUST NOT block, nor call back into the core.
    /// </summary>
    public Action<RoomName, long>? Left { get; set; }

    /// <summary>
    /// Is told, when a session with a user ends, the lives of the rooms that it follows. Called under the user's gate: MUST NOT block, nor
    /// call back into the core.
    /// </summary>
    public Action<IReadOnlyList<RoomLife>>? Ended { get; set; }

    /// <summary>The life of a room that it follows; none of a room that it does not follow.</summary>
    public RoomLife LifeOf(RoomName room) => Find(room)?.Room.Life ?? default;

    /// <summary>The rooms it follows, in the order in which it joined them.</summary>
    public IEnumerable<RoomName> Rooms => Followed.Select(subscription => subscription.Room.Name);

    /// <summary>The room it joined last; empty if it follows none.</summary>
    public RoomName LastJoined
    {
        get
        {
            var all = Subscriptions;
            for (var i = all.Length - 1; i >= 0; i--)
            {
                if (!all[i].IsLeaving)
                {
                    return all[i].Room.Name;
                }
            }

            return default;
        }
    }

    /// <summary>Runs an action behind what a session has asked for, and says whether it will; null where nothing is ever on its way.</summary>
    internal Func<Session, Action, bool>? Queue { get; set; }

    /// <summary>True if it was decided that it has signed out; it keeps its user until that is shown. Guarded by the user's gate.</summary>
    internal bool IsSignedOut { get; set; }

    /// <summary>True if nobody is at it: it keeps its user in rooms while no other session of the user is there, and reads nothing.</summary>
    public bool IsStandIn { get; set; }

    /// <summary>Proof by which it has logged in to its user's account; null for none that may end. The server sets it, and ends the session with it.</summary>
    public LoginProof? Proof { get; set; }

    /// <summary>Number of the device by whose token it has logged in; 0 for none.</summary>
    public long Device => Proof?.Device ?? 0;

    /// <summary>True if it is taken along into every room that its user enters. Guarded by the user's gate.</summary>
    internal bool FollowsAll { get; set; }

    /// <summary>True if it has brought the rights of those who run the server to its user, who loses them with the last such session. Guarded by the user's gate.</summary>
    internal bool HoldsRights { get; set; }

    /// <summary>True if something it asked for was decided and is not shown yet.</summary>
    public bool HasInFlight => Volatile.Read(ref _inFlight) > 0;

    internal RoomPlace[] Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Its places in the rooms that it has not been decided to leave.</summary>
    internal IEnumerable<RoomPlace> Followed => Subscriptions.Where(subscription => !subscription.IsLeaving);

    /// <summary><see cref="Followed"/>, as an array that later changes do not touch.</summary>
    internal RoomPlace[] FollowedPlaces => Array.Exists(Subscriptions, static place => place.IsLeaving) ? [.. Followed] : Subscriptions;

    /// <summary>Number of rooms that it has not been decided to leave.</summary>
    internal int CountFollowed()
    {
        var count = 0;
        foreach (var subscription in Subscriptions)
        {
            count += subscription.IsLeaving ? 0 : 1;
        }

        return count;
    }

    /// <summary>
    /// Sends an answer to this session alone, behind everything that it has asked for and that its rooms have said so far.
    /// Have the outbox send afterwards.
    /// </summary>
    /// <param name="bytes">The answer, in the session's dialect. The session keeps them; MUST NOT be changed afterwards.</param>
    public void Reply(byte[] bytes)
    {
        if (!HasInFlight)
        {
            ReplyNow(bytes);
            return;
        }

        // It waits elsewhere, and counts as what waits for a reader.
        Outbox.Expect(bytes.Length);
        Behind(() =>
        {
            Outbox.Expect(-bytes.Length);
            ReplyNow(bytes);
            Outbox.ScheduleSend();
        });
    }

    /// <summary>Runs something behind everything that the session has asked for: at once, or when the last of it is shown.</summary>
    /// <param name="action">MUST NOT block or throw.</param>
    public void Behind(Action action)
    {
        if (!HasInFlight || Queue is null || !Queue(this, action))
        {
            action();
        }
    }

    /// <summary>Completes when everything that the session has asked for is shown: for what reads history, which has what is shown.</summary>
    public Task ShownAsync()
    {
        if (!HasInFlight)
        {
            return Task.CompletedTask;
        }

        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Behind(shown.SetResult);
        return shown.Task;
    }

    /// <summary>Something it asks for was decided, and is on its way.</summary>
    internal void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>It is shown, or was refused.</summary>
    internal void End() => Interlocked.Decrement(ref _inFlight);

    /// <summary>
    /// Sends something to this session alone, behind everything that its rooms have said so far, and ahead of what it has asked for: nothing that
    /// answers it. Have the outbox send afterwards.
    /// </summary>
    /// <param name="bytes">The line, in the session's dialect. The session keeps them; MUST NOT be changed afterwards.</param>
    public void ReplyNow(byte[] bytes)
    {
        Advance();
        AppendPrivate(bytes, messages: 0);
    }

    /// <summary>Shows it events in another flavor from here on, in all its rooms, without loss, repetition or reordering.</summary>
    public void SetFlavor(Flavor flavor) => Behind(() => SwitchTo(flavor));

    private void SwitchTo(Flavor flavor)
    {
        Flavor = flavor;
        foreach (var subscription in Subscriptions)
        {
            subscription.Room.Switch(subscription, flavor);
        }

        lock (Outbox.Gate)
        {
            Outbox.Flavor = PrivateFlavor;
        }
    }

    /// <summary>Has its connection end, soon.</summary>
    /// <param name="reason">One line, which its user is told, and those who shared rooms with it.</param>
    /// <param name="publicReason">What the others are told in place of that; the same unless given.</param>
    public void Close(string reason, string? publicReason = null)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is null)
        {
            Volatile.Write(ref _quitReason, publicReason);
            Connection?.End();
        }
    }

    /// <summary>Takes in everything that its rooms have said so far.</summary>
    public void Advance()
    {
        foreach (var subscription in Subscriptions)
        {
            subscription.Room.Advance(subscription);
        }
    }

    /// <summary>The audience of what no other session of its user is shown; null for everybody, as there are no others.</summary>
    internal OncePerSession? Others()
        => User is { Sessions: { Length: > 1 } sessions } ? new OncePerSession(sessions.Where(other => other != this).Select(other => other.Outbox)) : null;

    internal RoomPlace? Find(RoomFeed room)
    {
        foreach (var subscription in Subscriptions)
        {
            if (subscription.Room == room && !subscription.IsLeaving)
            {
                return subscription;
            }
        }

        return null;
    }

    /// <summary>The room of that name, in UTF-8, if the session follows it; false if it does not.</summary>
    public bool TryFindRoom(ReadOnlySpan<byte> name, out RoomName room)
    {
        foreach (var subscription in Subscriptions)
        {
            room = subscription.Room.Name;
            if (Ascii.EqualsIgnoreCase(name, room.Value) && !subscription.IsLeaving)
            {
                return true;
            }
        }

        room = default;
        return false;
    }

    internal RoomPlace? Find(RoomName room)
    {
        foreach (var subscription in Subscriptions)
        {
            if (subscription.Room.Name == room && !subscription.IsLeaving)
            {
                return subscription;
            }
        }

        return null;
    }

    internal void Add(RoomPlace subscription) => _subscriptions = SharedArray.With(_subscriptions, subscription);

    internal void Remove(RoomPlace subscription) => _subscriptions = SharedArray.Without(_subscriptions, subscription);

    /// <summary>True if it follows one of the rooms.</summary>
    internal bool FollowsAny(RoomFeed[] rooms)
    {
        foreach (var subscription in Subscriptions)
        {
            if (Array.IndexOf(rooms, subscription.Room) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Shows it something by itself, behind what it was given before.</summary>
    /// <param name="what">What it is shown.</param>
    /// <param name="messages">How many messages that counts as, should it fall behind.</param>
    internal void Append(Shown what, int messages)
    {
        if (Node is not null)
        {
            Node.Show(this, what);
        }
        else
        {
            AppendPrivate(Scratch.Encode(PrivateFlavor, what), messages);
        }
    }

    /// <summary>Shows it something by itself, behind everything that its rooms have said so far, and sends it.</summary>
    internal void Tell(Shown what)
    {
        if (Node is not null)
        {
            Node.Show(this, what);
            return;
        }

        var line = Scratch.Encode(PrivateFlavor, what);
        if (line.Length > 0)
        {
            ReplyNow(line);
            Outbox.ScheduleSend();
        }
    }

    internal void Append(OutboxHole hole)
    {
        lock (Outbox.Gate)
        {
            Outbox.Append(hole);
        }
    }

    /// <summary>False if the session takes no more: its connection is closing.</summary>
    internal bool AppendPrivate(byte[] lines, int messages)
    {
        if (lines.Length == 0)
        {
            return true;
        }

        var bytes = Outbox.Framed(lines);
        lock (Outbox.Gate)
        {
            return Outbox.Append(OutboxSegment.Private(bytes, messages));
        }
    }
}
