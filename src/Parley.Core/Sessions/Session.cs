using System.Buffers;
using System.Text;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Core.Rooms;

namespace Parley.Core.Sessions;

/// <summary>
/// One connection as the core sees it: whose it is, which rooms it follows, how it is shown events, and what it still has
/// to be sent.
/// </summary>
/// <remarks>A session never touches another session: it hands intentions to the broker, and events reach it in its outbox.</remarks>
public sealed class Session
{
    // Replaced as a whole under the user's gate, so that anyone may walk it.
    private Subscription[] _subscriptions = [];
    private readonly Flavor? _privateFlavor;
    private string? _closeReason;

    /// <summary>Starts a session that nobody has signed in on.</summary>
    /// <param name="flavor">How it is shown events.</param>
    /// <param name="outbox">The bounds of what may wait for it.</param>
    /// <param name="privateFlavor">How it is shown what it alone is shown; as the rest unless given.</param>
    public Session(Flavor flavor, OutboxOptions outbox, Flavor? privateFlavor = null)
    {
        Flavor = flavor;
        _privateFlavor = privateFlavor;
        Outbox = new Outbox(privateFlavor ?? flavor, outbox);
    }

    /// <summary>Whose session it is; null before it has signed in and after it has signed out.</summary>
    public User? User { get; internal set; }

    /// <summary>How it is shown what happens in rooms.</summary>
    public Flavor Flavor { get; private set; }

    /// <summary>How it is shown what it alone is shown.</summary>
    public Flavor PrivateFlavor => _privateFlavor ?? Flavor;

    /// <summary>Why it is to end; null while it is not.</summary>
    public string? CloseReason => Volatile.Read(ref _closeReason);

    /// <summary>What carries it, and is told when it is to end; set before it signs in.</summary>
    public ISessionConnection? Connection { get => Outbox.Connection; set => Outbox.Connection = value; }

    /// <summary>What it still has to be sent.</summary>
    public Outbox Outbox { get; }

    /// <summary>The rooms it follows, in the order in which it joined them.</summary>
    public IEnumerable<RoomName> Rooms => Subscriptions.Select(subscription => subscription.Room.Name);

    /// <summary>The room it joined last; empty if it follows none.</summary>
    public RoomName LastJoined => Subscriptions is [.., var last] ? last.Room.Name : default;

    /// <summary>What it has said and others were not given yet; null until it says something that is to be kept.</summary>
    internal Unsettled? Unsettled { get; set; }

    internal Subscription[] Subscriptions => Volatile.Read(ref _subscriptions);

    /// <summary>Sends an answer to this session alone, behind everything that its rooms have said so far. Have the outbox send afterwards.</summary>
    /// <param name="bytes">The answer, in the session's dialect. The session keeps them; MUST NOT be changed afterwards.</param>
    public void Reply(byte[] bytes)
    {
        Advance();
        AppendPrivate(bytes, messages: 0);
    }

    /// <summary>Shows it events in another flavor from here on, in all its rooms, without loss, repetition or reordering.</summary>
    public void SetFlavor(Flavor flavor)
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
    public void Close(string reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, reason, null) is null)
        {
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

    internal Subscription? Find(Room room)
    {
        foreach (var subscription in Subscriptions)
        {
            if (subscription.Room == room)
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
            if (Ascii.EqualsIgnoreCase(name, room.Value))
            {
                return true;
            }
        }

        room = default;
        return false;
    }

    internal Subscription? Find(RoomName room)
    {
        foreach (var subscription in Subscriptions)
        {
            if (subscription.Room.Name == room)
            {
                return subscription;
            }
        }

        return null;
    }

    internal void Add(Subscription subscription) => _subscriptions = [.. _subscriptions, subscription];

    internal void Remove(Subscription subscription)
        => _subscriptions = [.. _subscriptions.Where(other => other != subscription)];

    /// <summary>Whether it follows one of the rooms.</summary>
    internal bool FollowsAny(Room[] rooms)
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

    internal void AppendWelcome(IRoomView room, Actor self)
        => AppendPrivate(
            Scratch.Encode((PrivateFlavor, room, self), static (its, output) => its.PrivateFlavor.EncodeWelcome(its.room, its.self, output)),
            messages: 0);

    /// <summary>Shows it that a room of its own has another name.</summary>
    internal void AppendRenaming(RoomRenamed entry, IRoomView room, Actor self, bool isOwn)
        => AppendPrivate(
            Scratch.Encode(
                (PrivateFlavor, entry, room, self, isOwn),
                static (its, output) => its.PrivateFlavor.EncodeRenaming(its.entry, its.room, its.self, its.isOwn, output)),
            messages: 0);

    /// <summary>Shows it what it has itself made happen.</summary>
    internal void AppendOwn(RoomEvent entry)
        => AppendPrivate(
            Scratch.Encode((PrivateFlavor, entry), static (its, output) => its.PrivateFlavor.EncodeOwn(its.entry, output)),
            messages: 1);

    /// <summary>Shows it its own message, in a way that others are not shown it.</summary>
    internal void AppendEcho(MessagePosted message)
        => AppendPrivate(
            Scratch.Encode((PrivateFlavor, message), static (its, output) => its.PrivateFlavor.EncodeEcho(its.message, output)),
            messages: 1);

    /// <summary>Shows it alone an event.</summary>
    internal void AppendPrivate(RoomEvent entry)
        => AppendPrivate(
            Scratch.Encode((PrivateFlavor, entry), static (its, output) => its.PrivateFlavor.Encode(its.entry, output)),
            messages: 1);

    /// <summary>Shows it something about a user, and sends it.</summary>
    internal void Tell<TState>(TState state, Action<Flavor, TState, IBufferWriter<byte>> encode)
    {
        var line = Scratch.Encode((PrivateFlavor, state, encode), static (its, output) => its.encode(its.PrivateFlavor, its.state, output));
        if (line.Length > 0)
        {
            Reply(line);
            Outbox.ScheduleSend();
        }
    }

    /// <summary>Tells it that something it said was not kept, and not delivered.</summary>
    internal void TellRefused(ReadOnlyMemory<byte> text)
    {
        Reply(Scratch.Encode((PrivateFlavor, text), static (its, output) => its.PrivateFlavor.EncodeRefused(its.text.Span, output)));
        Outbox.ScheduleSend();
    }

    /// <summary>Tells it that something it said was not delivered, as it might not speak any more by then.</summary>
    internal void TellSilenced(RoomName room, ReadOnlyMemory<byte> text)
        => Tell((room, text), static (flavor, its, output) => flavor.EncodeSilenced(its.room, its.text.Span, output));

    internal void Append(OutboxHole hole)
    {
        lock (Outbox.Gate)
        {
            Outbox.Append(hole);
        }
    }

    /// <summary>False if the session takes no more: its connection is closing.</summary>
    internal bool AppendPrivate(byte[] bytes, int messages)
    {
        if (bytes.Length == 0)
        {
            return true;
        }

        lock (Outbox.Gate)
        {
            return Outbox.Append(OutboxSegment.Private(bytes, messages));
        }
    }
}
