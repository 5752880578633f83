using System.IO.Pipelines;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Core.Sessions;

namespace Parley.Core.Rooms;

/// <summary>
/// One room: who is in it and how it works, as the fold of its events, which its members are shown.
/// </summary>
/// <remarks>
/// The state MUST change by <see cref="Apply"/> only, so that a room that follows decisions made elsewhere ends up the
/// same. Members MUST be given events in order of sequence; flushing gives each one all it has not had, in one piece.
/// </remarks>
internal sealed partial class Room : RoomFeed
{
    private readonly RoomState _state;
    private readonly RoomAudience _members;
    private readonly IMessageObserver? _observer;
    private RoomNumbers? _numbers;
    private long _namedAfter;
    private bool _closed;
    private bool _stopped;

    public Room(RoomName name, DateTimeOffset created, PipeScheduler flushes, IMessageObserver? observer = null)
        : base(flushes)
    {
        _observer = observer;
        _state = new RoomState(name, created);
        _members = new RoomAudience(_state, Logs);
    }

    /// <summary>As spelled by whoever created it, or renamed it last.</summary>
    public RoomName Name => _state.Name;

    /// <summary>Is told what happens here; null if nobody wants to know.</summary>
    public IEventJournal? Journal { get; init; }

    private RoomRules Rules => new(_state);

    /// <summary>Who numbers its messages; null while none are kept.</summary>
    public RoomNumbers? Numbers => Volatile.Read(ref _numbers);

    /// <summary>The number of the last entry of history that has been here: all up to it stand in the logs, or never will.</summary>
    public long LastNumber
    {
        get
        {
            lock (Gate)
            {
                return Logs.LastNumber;
            }
        }
    }

    /// <summary>The number of the last message before it went by the name it has: those up to it are in history under another.</summary>
    public long NamedAfter => Volatile.Read(ref _namedAfter);

    /// <summary>Whether it is gone, though it may still be found.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Asks how it is now. The question MUST NOT keep the state, nor take a gate.</summary>
    public TAnswer Ask<TAnswer>(Func<RoomState, TAnswer> question)
    {
        lock (Gate)
        {
            return question(_state);
        }
    }

    /// <summary>Says something in a member's name, and has it flushed.</summary>
    /// <inheritdoc cref="TakeIn"/>
    public Verdict Post(Subscription? place, in Actor author, MessageDraft draft, DateTimeOffset time, DeliverySample? sample, out Task? wait)
    {
        var verdict = TakeIn(place, author, draft, numbers: null, number: 0, time, sample, out wait);
        if (verdict == Verdict.Accepted)
        {
            MarkDirty();
        }

        return verdict;
    }

    /// <summary>Has what was taken in flushed soon.</summary>
    public void ScheduleFlush() => MarkDirty();

    /// <summary>Says something in a member's name; <see cref="ScheduleFlush"/> has to follow.</summary>
    /// <param name="place">The author's place here; null if it is no member.</param>
    /// <param name="author">The author.</param>
    /// <param name="draft">What it says.</param>
    /// <param name="numbers">Who has given it its number; null if it is not kept.</param>
    /// <param name="number">Its number in history; 0 if it is not kept.</param>
    /// <param name="time">Now.</param>
    /// <param name="sample">Is told when it is in, and when the members were given it.</param>
    /// <param name="wait">If the room is behind: completes when its members were given what they lack.</param>
    public Verdict TakeIn(
        Subscription? place,
        in Actor author,
        MessageDraft draft,
        RoomNumbers? numbers,
        long number,
        DateTimeOffset time,
        DeliverySample? sample,
        out Task? wait)
    {
        wait = null;
        lock (Gate)
        {
            if (_stopped)
            {
                return Verdict.Stopping;
            }

            if (Rules.RefusesSpeech(author, follows: place is not null) is { } refusal)
            {
                return refusal;
            }

            // Its name here, which a rename that is on its way through the rooms may not have reached yet. And its number
            // here: if the room has taken another name since, the message is kept under the old one.
            var actor = _state.TryGet(author.UserId, out var member) ? member.Actor : author;
            var message = new MessagePosted(Name, _state.Sequence + 1, time, actor, draft, numbers == _numbers ? number : 0);
            _members.Say(place, message);
            if (draft.MinRank == MemberRank.None)
            {
                _observer?.Posted(message);
            }

            HasFed(sample, out wait);
        }

        return Verdict.Accepted;
    }

    /// <summary>Why the user may say nothing here; null if it may.</summary>
    public Verdict? RefusesSpeech(in Actor user, bool follows)
    {
        lock (Gate)
        {
            return Rules.RefusesSpeech(user, follows);
        }
    }

    /// <summary>History has come to a number that is no message's.</summary>
    public void Reach(long number)
    {
        lock (Gate)
        {
            Logs.LastNumber = Math.Max(Logs.LastNumber, number);
        }
    }

    /// <summary>Takes no more posts from here on, whoever had them in hand.</summary>
    public void Stop()
    {
        lock (Gate)
        {
            _stopped = true;
        }
    }

    /// <summary>Why nothing can happen here any more; null if it can.</summary>
    private Verdict? Unfit() => _stopped ? Verdict.Stopping : _closed ? Verdict.NoSuchRoom : null;

    /// <summary>Whose session it is, under the name that its user has here.</summary>
    private Actor ActorOf(Session session)
    {
        var actor = session.User?.Actor ?? default;
        return _state.TryGet(actor.UserId, out var member) ? member.Actor : actor;
    }

    /// <summary>Folds the event into the room's state and shows it to everybody.</summary>
    private void Apply(RoomEvent entry, OncePerSession? audience, Session? by = null)
    {
        _state.Fold(entry);
        Journal?.Add(this, entry);
        _members.Show(entry, audience, by?.Find(this));
    }
}
