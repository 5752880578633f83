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
/// One room: who is in it, as the fold of its events, and the logs from which its members are served.
/// </summary>
/// <remarks>
/// The state MUST change by <see cref="Apply"/> only, so that a room that follows decisions made elsewhere ends up the
/// same. Members MUST be given events in order of sequence; flushing gives each one all it has not had, in one piece.
/// </remarks>
internal sealed class Room(RoomName name, DateTimeOffset created, PipeScheduler flushes, IMessageObserver? observer = null)
    : CoalescedFlush(flushes)
{
    /// <summary>Past this much that members were not yet given, whoever posts waits for the flush.</summary>
    private const int MaxUnflushedBytes = 256 * 1024;

    private readonly RoomState _state = new(name, created);
    private RoomLog[] _logs = [];
    private TaskCompletionSource? _flushed;
    private DeliverySample? _samples;
    private RoomNumbers? _numbers;
    private long _lastNumber;
    private bool _closed;
    private bool _stopped;

    /// <summary>As spelled by whoever created it, or renamed it last.</summary>
    public RoomName Name => _state.Name;

    private RoomRules Rules => new(_state);

    /// <summary>Lock tier 2: one room's at a time; outbox gates may be taken inside, user gates only outside.</summary>
    private Lock Gate { get; } = new();

    public RoomSummary Summary
    {
        get
        {
            lock (Gate)
            {
                return new RoomSummary(Name, _state.Count)
                {
                    Topic = _state.Topic,
                    Created = _state.Created,
                    IsSecret = _state.Has(RoomMode.Secret),
                };
            }
        }
    }

    /// <summary>Who numbers its messages; null while none are kept.</summary>
    public RoomNumbers? Numbers => Volatile.Read(ref _numbers);

    public UserName[] Members()
    {
        lock (Gate)
        {
            return [.. _state.Members.Select(member => member.Actor.Name)];
        }
    }

    /// <summary>How it is now, in a copy.</summary>
    public IRoomView Copy()
    {
        lock (Gate)
        {
            return _state.Copy();
        }
    }

    /// <summary>What the user is here; null if it is not here.</summary>
    public MemberRank? RankOf(long userId)
    {
        lock (Gate)
        {
            return _state.TryGet(userId, out var member) ? member.Rank : null;
        }
    }

    /// <summary>Lets a session in, and its user if it is the user's first here. Null: the room has closed, ask for a new one.</summary>
    /// <param name="session">The session.</param>
    /// <param name="self">Its user.</param>
    /// <param name="key">What it knows of the room, if it needs to.</param>
    /// <param name="time">Now.</param>
    /// <param name="numbers">Who numbers the room's messages, for a room that is new.</param>
    /// <param name="replay">Where the session is to be shown what was said before; appended if there is anything to show.</param>
    /// <param name="lastNumber">The number of the room's last message before the session is shown what comes.</param>
    public Verdict? Enter(Session session, Actor self, string? key, DateTimeOffset time, RoomNumbers? numbers, OutboxHole? replay, out long lastNumber)
    {
        session.Advance();
        lastNumber = 0;
        lock (Gate)
        {
            if (_closed)
            {
                return null;
            }

            if (!_state.TryGet(self.UserId, out _))
            {
                if (Rules.RefusesEntry(self, key) is { } refusal)
                {
                    return refusal;
                }

                var rank = _state.Count == 0 ? MemberRank.Operator : MemberRank.None;
                Apply(new UserJoined(Name, _state.Sequence + 1, time, self, rank), audience: null);
            }

            if (_logs.Length == 0 && numbers is not null)
            {
                // Nobody is in yet, so nothing that was numbered is still on its way.
                (_numbers, _lastNumber) = (numbers, numbers.Last);
            }

            // The welcome goes ahead of the cursor, and the cursor starts behind the join: one's own arrival is not news.
            var subscription = new Subscription(session, this);
            session.AppendWelcome(_state, self);
            lastNumber = _lastNumber;
            if (replay is not null && lastNumber > 0)
            {
                session.Append(replay);
            }

            LogOf(session.Flavor).Add(subscription);
            session.Add(subscription);
        }

        MarkDirty();
        return Verdict.Accepted;
    }

    /// <summary>A session follows the room no more, from what was said so far on.</summary>
    public void Unfollow(Subscription subscription)
    {
        lock (Gate)
        {
            if (subscription.Log is { } log)
            {
                subscription.AdvanceTo(log, log.Head);
                Detach(subscription, log);
            }

            subscription.Session.Remove(subscription);
        }
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

    /// <summary>Closes if nobody is in any more. True if it has closed.</summary>
    public bool CloseIfEmpty()
    {
        lock (Gate)
        {
            return _closed |= _state.Count == 0;
        }
    }

    /// <summary>Says something in a member's name, and has it flushed.</summary>
    /// <inheritdoc cref="TakeIn"/>
    public Verdict Post(Subscription? place, in Actor author, MessageDraft draft, DateTimeOffset time, DeliverySample? sample, out Task? wait)
    {
        var verdict = TakeIn(place, author, draft, number: 0, time, sample, out wait);
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
    /// <param name="number">Its number in history; 0 if it is not kept.</param>
    /// <param name="time">Now.</param>
    /// <param name="sample">Is told when it is in, and when the members were given it.</param>
    /// <param name="wait">If the room is behind: completes when its members were given what they lack.</param>
    public Verdict TakeIn(Subscription? place, in Actor author, MessageDraft draft, long number, DateTimeOffset time, DeliverySample? sample, out Task? wait)
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

            // Its name here, which a rename that is on its way through the rooms may not have reached yet.
            var actor = _state.TryGet(author.UserId, out var member) ? member.Actor : author;
            Say(place, new MessagePosted(Name, _state.Sequence + 1, time, actor, draft, number));

            if (sample is not null)
            {
                sample.Published();
                (sample.Next, _samples) = (_samples, sample);
            }

            foreach (var each in _logs)
            {
                if (each.UnflushedBytes > MaxUnflushedBytes)
                {
                    _flushed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    wait = _flushed.Task;
                }
            }
        }

        return Verdict.Accepted;
    }

    /// <summary>Tells the members something that nobody of them said.</summary>
    public void Announce(string text, DateTimeOffset time)
    {
        lock (Gate)
        {
            Apply(new ServerNotice(Name, _state.Sequence + 1, time, text), audience: null);
        }

        MarkDirty();
    }

    /// <summary>Why the user may say nothing here; null if it may.</summary>
    public Verdict? RefusesSpeech(in Actor user, bool follows)
    {
        lock (Gate)
        {
            return Rules.RefusesSpeech(user, follows);
        }
    }

    /// <summary>Has something happen here, if the rules let it, and has it flushed.</summary>
    /// <param name="refuse">Why it may not happen; null if it may.</param>
    /// <param name="happen">What happens: its number, the room's name.</param>
    /// <param name="audience">With an event about a user: who has seen it already.</param>
    public Verdict Decide(Func<RoomRules, RoomState, Verdict?> refuse, Func<RoomState, RoomEvent> happen, OncePerSession? audience = null)
    {
        lock (Gate)
        {
            if (_closed || _stopped)
            {
                return _stopped ? Verdict.Stopping : Verdict.NoSuchRoom;
            }

            if (refuse(Rules, _state) is { } refusal)
            {
                return refusal;
            }

            Apply(happen(_state), audience);
        }

        MarkDirty();
        return Verdict.Accepted;
    }

    /// <summary>Changes the modes that the user may change.</summary>
    public ModesResult ChangeModes(Actor by, IReadOnlyList<RoomModeChange> wanted, DateTimeOffset time)
    {
        List<RoomModeChange> applied = [];
        List<(RoomModeChange, Verdict)> refused = [];
        lock (Gate)
        {
            foreach (var change in wanted)
            {
                if (Rules.RefusesMode(by, change) is { } refusal)
                {
                    refused.Add((change, refusal));
                }
                else if (Rules.Changes(change))
                {
                    // One at a time, as the next may depend on it; shown as one.
                    _state.Fold(new ModesChanged(Name, _state.Sequence, time, by, [change]));
                    applied.Add(change);
                }
            }

            if (applied.Count > 0)
            {
                // Only counts now: what it says was folded in above.
                var entry = new ModesChanged(Name, _state.Sequence + 1, time, by, []);
                _state.Fold(entry);
                Show(entry with { Changes = applied }, audience: null);
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

    /// <summary>Gives a member another name from here on.</summary>
    public void Rename(Actor member, UserName newName, DateTimeOffset time, OncePerSession? audience)
    {
        lock (Gate)
        {
            Apply(new UserRenamed(Name, _state.Sequence + 1, time, member, newName), audience);
        }

        MarkDirty();
    }

    /// <summary>Shows a member the room in another flavor from here on.</summary>
    public void Switch(Subscription subscription, Flavor flavor)
    {
        lock (Gate)
        {
            if (subscription.Log is not { } log || log.Flavor == flavor)
            {
                return;
            }

            subscription.AdvanceTo(log, log.Head);
            Detach(subscription, log);
            LogOf(flavor).Add(subscription);
        }
    }

    /// <summary>Gives one member what it has not had, without sending it yet.</summary>
    public void Advance(Subscription subscription)
    {
        lock (Gate)
        {
            if (subscription.Log is { } log)
            {
                subscription.AdvanceTo(log, log.Head);
            }
        }
    }

    /// <summary>Gives every member what it has not had, without sending it yet: locks may be held.</summary>
    public void AdvanceAll()
    {
        foreach (var log in Volatile.Read(ref _logs))
        {
            var (head, readers) = BeginWalk(log);
            foreach (var reader in readers)
            {
                reader.AdvanceTo(log, head);
            }

            EndWalk(log, head);
        }
    }

    /// <summary>Sends every member what it has not had.</summary>
    public override void Flush()
    {
        TaskCompletionSource? flushed;
        DeliverySample? samples;
        lock (Gate)
        {
            // Taken ahead of the first head, so that nobody who waits for it has said something that this flush leaves out.
            (flushed, _flushed) = (_flushed, null);
            (samples, _samples) = (_samples, null);
        }

        foreach (var log in Volatile.Read(ref _logs))
        {
            var (head, readers) = BeginWalk(log);
            foreach (var reader in readers)
            {
                reader.AdvanceTo(log, head, send: true);
            }

            EndWalk(log, head);
        }

        flushed?.TrySetResult();
        DeliverySample.AllFlushed(samples);
    }

    private (LogHead Head, Subscription[] Readers) BeginWalk(RoomLog log)
    {
        lock (Gate)
        {
            return (log.BeginWalk(), log.Readers);
        }
    }

    private void EndWalk(RoomLog log, in LogHead head)
    {
        lock (Gate)
        {
            log.EndWalk(head.End.Position);
        }
    }

    /// <summary>Puts a message where its readers find it: in the logs, but for those who are shown it in another way.</summary>
    private void Say(Subscription? place, MessagePosted message)
    {
        if (message.Draft.MinRank != MemberRank.None)
        {
            SayToRanked(place, message);
            return;
        }

        var draft = message.Draft;
        var skipping = draft is { Echo: true, Label: null } ? null : place?.Log;
        if (skipping is not null)
        {
            place!.AdvanceTo(skipping, skipping.Head);
        }

        Apply(message, audience: null);
        if (skipping is not null)
        {
            place!.SkipTo(skipping.Head);
            if (draft.Echo)
            {
                place.Session.AppendEcho(message);
            }
        }
    }

    /// <summary>Shows a message to members of a rank only. It stands in no log, as everybody reads those.</summary>
    private void SayToRanked(Subscription? place, MessagePosted message)
    {
        _state.Fold(message);
        foreach (var log in _logs)
        {
            foreach (var reader in log.Readers)
            {
                var session = reader.Session;
                if (reader == place ? !message.Draft.Echo : !IsOfRank(session, message.Draft.MinRank))
                {
                    continue;
                }

                reader.AdvanceTo(log, log.Head);
                if (reader == place)
                {
                    session.AppendEcho(message);
                }
                else
                {
                    session.AppendPrivate(message);
                }
            }
        }
    }

    private bool IsOfRank(Session session, MemberRank rank)
        => session.User is { } user && _state.TryGet(user.Id, out var member) && member.Rank >= rank;

    /// <summary>Folds the event into the room's state and puts it into every log.</summary>
    private void Apply(RoomEvent entry, OncePerSession? audience)
    {
        _state.Fold(entry);
        Show(entry, audience);
    }

    private void Show(RoomEvent entry, OncePerSession? audience)
    {
        if (entry is MessagePosted message)
        {
            _lastNumber = message.Number > 0 ? message.Number : _lastNumber;
            observer?.Posted(message);
        }

        foreach (var log in _logs)
        {
            log.Append(entry, audience);
        }
    }

    private RoomLog LogOf(Flavor flavor)
    {
        foreach (var log in _logs)
        {
            if (log.Flavor == flavor)
            {
                return log;
            }
        }

        var added = new RoomLog(flavor, _lastNumber);
        _logs = [.. _logs, added];
        return added;
    }

    private void Detach(Subscription subscription, RoomLog log)
    {
        log.Remove(subscription);
        if (!log.HasReaders)
        {
            _logs = [.. _logs.Where(other => other != log)];
            log.Clear();
        }
    }
}
