using System.IO.Pipelines;
using Parley.Core.Broker;
using Parley.Core.Delivery;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Sessions;

namespace Parley.Core.Rooms;

/// <summary>
/// One room: who is in it, as the fold of its events, and the logs from which its members are served.
/// </summary>
/// <remarks>
/// The state MUST change by <see cref="Apply"/> only, so that a room that follows decisions made elsewhere ends up the
/// same. Members MUST be given events in order of sequence; flushing gives each one all it has not had, in one piece.
/// </remarks>
internal sealed class Room(RoomName name, PipeScheduler flushes) : CoalescedFlush(flushes)
{
    /// <summary>Past this much that members were not yet given, whoever posts waits for the flush.</summary>
    private const int MaxUnflushedBytes = 256 * 1024;

    private readonly RoomState _state = new();
    private RoomLog[] _logs = [];
    private TaskCompletionSource? _flushed;
    private DeliverySample? _samples;
    private RoomNumbers? _numbers;
    private long _lastNumber;
    private bool _closed;
    private bool _stopped;

    public RoomName Name { get; } = name;

    /// <summary>Lock tier 2: one room's at a time; outbox gates may be taken inside, user gates only outside.</summary>
    private Lock Gate { get; } = new();

    public RoomSummary Summary
    {
        get
        {
            lock (Gate)
            {
                return new RoomSummary(Name, _state.Count);
            }
        }
    }

    /// <summary>Who numbers its messages; null while none are kept.</summary>
    public RoomNumbers? Numbers => Volatile.Read(ref _numbers);

    public UserName[] Members()
    {
        lock (Gate)
        {
            return [.. _state.Names];
        }
    }

    /// <summary>Lets a session in, and its user if it is the user's first here. False: the room has closed, ask for a new one.</summary>
    /// <param name="session">The session.</param>
    /// <param name="self">Its user.</param>
    /// <param name="time">Now.</param>
    /// <param name="numbers">Who numbers the room's messages, for a room that is new.</param>
    /// <param name="replay">Where the session is to be shown what was said before; appended if there is anything to show.</param>
    /// <param name="lastNumber">The number of the room's last message before the session is shown what comes.</param>
    public bool TryEnter(Session session, Actor self, DateTimeOffset time, RoomNumbers? numbers, OutboxHole? replay, out long lastNumber)
    {
        session.Advance();
        lastNumber = 0;
        lock (Gate)
        {
            if (_closed)
            {
                return false;
            }

            if (!_state.TryGetName(self.UserId, out _))
            {
                Apply(new UserJoined(Name, _state.Sequence + 1, time, self), audience: null);
            }

            if (_logs.Length == 0 && numbers is not null)
            {
                // Nobody is in yet, so nothing that was numbered is still on its way.
                (_numbers, _lastNumber) = (numbers, numbers.Last);
            }

            // The welcome goes ahead of the cursor, and the cursor starts behind the join: one's own arrival is not news.
            var subscription = new Subscription(session, this);
            session.AppendWelcome(Name, self);
            lastNumber = _lastNumber;
            if (replay is not null && lastNumber > 0)
            {
                session.Append(replay);
            }

            LogOf(session.Flavor).Add(subscription);
            session.Add(subscription);
        }

        MarkDirty();
        return true;
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
    /// <param name="time">Now.</param>
    /// <param name="audience">With several rooms to quit: who has seen it already.</param>
    public bool Depart(Actor member, bool quits, DateTimeOffset time, OncePerSession? audience)
    {
        lock (Gate)
        {
            Apply(
                quits ? new UserQuit(Name, _state.Sequence + 1, time, member) : new UserLeft(Name, _state.Sequence + 1, time, member),
                audience);
            if (_state.Count == 0)
            {
                return _closed = true;
            }
        }

        MarkDirty();
        return false;
    }

    /// <summary>Says something in a member's name, and has it flushed.</summary>
    /// <inheritdoc cref="TakeIn"/>
    public Verdict Post(Subscription author, long userId, MessageKind kind, ReadOnlyMemory<byte> text, DateTimeOffset time, bool echo, DeliverySample? sample, out Task? wait)
    {
        var verdict = TakeIn(author, userId, kind, text, number: 0, time, echo, sample, out wait);
        if (verdict == Verdict.Accepted)
        {
            MarkDirty();
        }

        return verdict;
    }

    /// <summary>Has what was taken in flushed soon.</summary>
    public void ScheduleFlush() => MarkDirty();

    /// <summary>Says something in a member's name; <see cref="ScheduleFlush"/> has to follow.</summary>
    /// <param name="author">The author's place here.</param>
    /// <param name="userId">The author.</param>
    /// <param name="kind">Said or done.</param>
    /// <param name="text">Valid UTF-8 without line breaks, which the room keeps.</param>
    /// <param name="number">Its number in history; 0 if it is not kept.</param>
    /// <param name="time">Now.</param>
    /// <param name="echo">Whether the author's session is shown its own message.</param>
    /// <param name="sample">Is told when it is in, and when the members were given it.</param>
    /// <param name="wait">If the room is behind: completes when its members were given what they lack.</param>
    public Verdict TakeIn(Subscription author, long userId, MessageKind kind, ReadOnlyMemory<byte> text, long number, DateTimeOffset time, bool echo, DeliverySample? sample, out Task? wait)
    {
        wait = null;
        lock (Gate)
        {
            if (_stopped)
            {
                return Verdict.Stopping;
            }

            if (!_state.TryGetName(userId, out var authorName))
            {
                return Verdict.NotInRoom;
            }

            var skipping = echo ? null : author.Log;
            if (skipping is not null)
            {
                author.AdvanceTo(skipping, skipping.Head);
            }

            Apply(new MessagePosted(Name, _state.Sequence + 1, time, new Actor(userId, authorName), kind, text, number), audience: null);
            if (skipping is not null)
            {
                author.SkipTo(skipping.Head);
            }

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

    /// <summary>Folds the event into the room's state and puts it into every log.</summary>
    private void Apply(RoomEvent entry, OncePerSession? audience)
    {
        _state.Fold(entry);
        if (entry is MessagePosted { Number: > 0 and var number })
        {
            _lastNumber = number;
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
