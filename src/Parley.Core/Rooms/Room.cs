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
internal sealed class Room : RoomFeed
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

    /// <summary>Why the user may not come in; null if it may, or is in.</summary>
    public Verdict? RefusesEntry(in Actor user, string? key)
    {
        lock (Gate)
        {
            return _closed || _state.TryGet(user.UserId, out _) ? null : Rules.RefusesEntry(user, key);
        }
    }

    /// <summary>
    /// Lets a session in, and its user if it is the user's first here. Null: the room has closed, or goes by another name
    /// by now; ask for the one that has the name.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="wanted">The name by which it was found.</param>
    /// <param name="self">Its user.</param>
    /// <param name="key">What it knows of the room, if it needs to.</param>
    /// <param name="time">Now.</param>
    /// <param name="numbers">Who numbers the room's messages, for a room that is new.</param>
    /// <param name="replay">Where the session is to be shown what was said before; appended if there is anything to show.</param>
    /// <param name="lastNumber">The number of the room's last message before the session is shown what comes.</param>
    public Verdict? Enter(
        Session session,
        RoomName wanted,
        Actor self,
        string? key,
        DateTimeOffset time,
        RoomNumbers? numbers,
        OutboxHole? replay,
        out long lastNumber)
    {
        session.Advance();
        lastNumber = 0;
        lock (Gate)
        {
            if (_closed || Name != wanted)
            {
                return null;
            }

            if (session.Find(this) is not null)
            {
                return Verdict.AlreadyInRoom;
            }

            var isNew = !_state.TryGet(self.UserId, out _);
            if (isNew && Rules.RefusesEntry(self, key) is { } refusal)
            {
                return refusal;
            }

            if (Logs.All.Length == 0 && numbers is not null)
            {
                // Nobody is in yet, so nothing that was numbered is still on its way.
                (_numbers, Logs.LastNumber) = (numbers, numbers.Last);
            }

            if (isNew)
            {
                var rank = _state.Count == 0 ? MemberRank.Operator : MemberRank.None;
                Apply(new UserJoined(Name, _state.Sequence + 1, time, self, rank), audience: null);
            }

            // The welcome goes ahead of the cursor, and the cursor starts behind the join: one's own arrival is not news.
            var subscription = new Subscription(session, this);
            session.AppendWelcome(_state, self);
            lastNumber = Logs.LastNumber;
            if (replay is not null && lastNumber > 0)
            {
                session.Append(replay);
            }

            Logs.Add(subscription, session.Flavor);
            session.Add(subscription);
        }

        MarkDirty();
        return Verdict.Accepted;
    }

    /// <summary>Ends a user's membership; its sessions MUST have been let out before. True if the room has closed behind it.</summary>
    /// <param name="member">The user.</param>
    /// <param name="quits">Whether it leaves the server, not only the room.</param>
    /// <param name="reason">What it says, or what became of it.</param>
    /// <param name="time">Now.</param>
    /// <param name="audience">With several rooms to quit: who has seen it already.</param>
    public bool Depart(Actor member, bool quits, string reason, DateTimeOffset time, OncePerSession? audience)
    {
        lock (Gate)
        {
            Apply(
                quits
                    ? new UserQuit(Name, _state.Sequence + 1, time, member, reason)
                    : new UserLeft(Name, _state.Sequence + 1, time, member, reason),
                audience);
            if (_state.Count == 0)
            {
                return _closed = true;
            }
        }

        MarkDirty();
        return false;
    }

    /// <summary>
    /// Puts a member out: that is the last its sessions are shown of the room. What sessions it has is decided under its
    /// user's gate, which MUST be held.
    /// </summary>
    /// <param name="by">Who does it.</param>
    /// <param name="target">Who has to go; null if nobody of that name is here.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">Now.</param>
    public Verdict Kick(Session by, User? target, string reason, DateTimeOffset time)
    {
        lock (Gate)
        {
            var actor = ActorOf(by);
            if (Unfit() is { } unfit)
            {
                return unfit;
            }

            if (Rules.RefusesKick(actor, target?.Id) is { } refusal)
            {
                return refusal;
            }

            Apply(new MemberKicked(Name, _state.Sequence + 1, time, actor, target!.Actor, reason), audience: null, by);
            foreach (var session in target.Sessions)
            {
                if (session.Find(this) is { } place)
                {
                    Unfollow(place);
                }
            }

            _closed = _state.Count == 0;
        }

        MarkDirty();
        return Verdict.Accepted;
    }

    /// <summary>Goes by another name from here on, under which it is found at once.</summary>
    /// <param name="by">Who does it.</param>
    /// <param name="newName">The name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="time">Now.</param>
    /// <param name="numbers">Who numbers messages under that name; null while none are kept.</param>
    /// <param name="directory">Where it is found.</param>
    public Verdict GoBy(Session by, RoomName newName, string reason, DateTimeOffset time, RoomNumbers? numbers, RoomDirectory directory)
    {
        lock (Gate)
        {
            var actor = ActorOf(by);
            if (Unfit() is { } unfit)
            {
                return unfit;
            }

            if (Rules.RefusesRenaming(actor) is { } refusal)
            {
                return refusal;
            }

            var oldName = Name;
            if (string.Equals(oldName.Value, newName.Value, StringComparison.Ordinal)
                || (newName != oldName && !directory.TryAdd(newName, this)))
            {
                return Verdict.RoomExists;
            }

            var entry = new RoomRenamed(oldName, _state.Sequence + 1, time, actor, newName, reason);
            _state.Fold(entry);
            if (newName != oldName)
            {
                directory.Remove(oldName, this);

                // Numbers never go back in what a member is shown, so those of the new name go on above these.
                numbers?.NotBelow(Logs.LastNumber);
                _numbers = numbers;
                Logs.LastNumber = _namedAfter = numbers?.Last ?? Logs.LastNumber;
            }

            _members.ShowRenaming(entry, by);
        }

        MarkDirty();
        return Verdict.Accepted;
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

    /// <summary>Has something happen here that nobody has to allow, and has it flushed.</summary>
    /// <param name="happen">What happens: its number, the room's name.</param>
    /// <param name="by">Whose session makes it happen, if it is to be told here; null if nobody's.</param>
    /// <param name="audience">With an event about a user: who has seen it already.</param>
    public void Happen(Func<RoomState, RoomEvent> happen, Session? by = null, OncePerSession? audience = null)
    {
        lock (Gate)
        {
            Apply(happen(_state), audience, by);
        }

        MarkDirty();
    }

    /// <summary>Has something happen here, if the rules let it, and has it flushed.</summary>
    /// <param name="refuse">Why it may not happen; null if it may.</param>
    /// <param name="happen">What happens: its number, the room's name.</param>
    /// <param name="by">Whose session wants it; null if nobody's in particular.</param>
    /// <param name="audience">With an event about a user: who has seen it already.</param>
    public Verdict Decide(
        Func<RoomRules, RoomState, Verdict?> refuse, Func<RoomState, RoomEvent> happen, Session? by = null, OncePerSession? audience = null)
    {
        lock (Gate)
        {
            if (Unfit() is { } unfit)
            {
                return unfit;
            }

            if (refuse(Rules, _state) is { } refusal)
            {
                return refusal;
            }

            Apply(happen(_state), audience, by);
        }

        MarkDirty();
        return Verdict.Accepted;
    }

    /// <summary>Changes the modes that the user may change. Null: the room has closed.</summary>
    public ModesResult? ChangeModes(Session by, IReadOnlyList<RoomModeChange> wanted, DateTimeOffset time)
    {
        List<RoomModeChange> applied = [];
        List<(RoomModeChange, Verdict)> refused = [];
        lock (Gate)
        {
            if (Unfit() is not null)
            {
                return null;
            }

            var actor = ActorOf(by);
            foreach (var change in wanted)
            {
                if (Rules.RefusesMode(actor, change) is { } refusal)
                {
                    refused.Add((change, refusal));
                }
                else if (Rules.Effect(change) is { } effect)
                {
                    // One at a time, as the next may depend on it; shown as one.
                    _state.Fold(new ModesChanged(Name, _state.Sequence, time, actor, [effect]));
                    applied.Add(effect);
                }
            }

            if (applied.Count > 0)
            {
                // Only counts now: what it says was folded in above.
                var entry = new ModesChanged(Name, _state.Sequence + 1, time, actor, []);
                _state.Fold(entry);
                entry = entry with { Changes = applied };
                Journal?.Add(this, entry);
                _members.Show(entry, audience: null, by.Find(this));
            }
        }

        MarkDirty();
        return new ModesResult(applied, refused);
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
