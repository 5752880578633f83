namespace Parley.Core.Delivery;

/// <summary>A session's place in a room: a position in the log of its flavor. Everything before it is in the session's outbox.</summary>
internal abstract class Subscription(Outbox outbox)
{
    // Guarded by the outbox's gate: the cursor moves together with what is appended there.
    private RoomLog? _log;
    private LogPlace _place;
    private long _since;

    /// <summary>The outbox of the session.</summary>
    public Outbox Outbox { get; } = outbox;

    /// <summary>The log it reads; null before its join is shown, and once it has ended. Set under both the room's and the outbox's gate.</summary>
    public RoomLog? Log => _log;

    /// <summary>The number of the last event that it was given. Guarded by the outbox's gate.</summary>
    public long Number => _place.Number;

    /// <summary>The number in history of the last message that it was given.</summary>
    public long LastNumber()
    {
        lock (Outbox.Gate)
        {
            return _place.Number;
        }
    }

    /// <summary>If its outbox had to let go of some messages: the number of the last one before them. Guarded by the outbox's gate.</summary>
    public long? MissedAfter { get; set; }

    /// <summary>Where the log keeps it, so that it is found again at once. Guarded by the room's gate.</summary>
    public int Slot { get; set; }

    /// <summary>Starts reading at the end of a log; the room's gate MUST be held.</summary>
    public void Follow(RoomLog log)
    {
        var head = log.Head;
        lock (Outbox.Gate)
        {
            (_log, _place) = (log, head.End);

            // In another flavor it is the same stay.
            _since = _since == 0 ? OncePerSession.Moment() : _since;
        }
    }

    /// <summary>Reads no more; the room's gate MUST be held.</summary>
    public void End()
    {
        lock (Outbox.Gate)
        {
            _log = null;
        }
    }

    /// <summary>Steps over what lies before the head without showing it; the room's gate MUST be held.</summary>
    public void SkipTo(in LogHead head)
    {
        lock (Outbox.Gate)
        {
            _place = head.End;
        }
    }

    /// <summary>
    /// Moves everything up to the head into the outbox. Callers need no lock: a cursor only moves forward, so of two that
    /// come at once with different heads one does the work and the other finds it done.
    /// </summary>
    /// <param name="log">The log that the head is of.</param>
    /// <param name="head">How far to go.</param>
    /// <param name="send">Whether to send as well, without a detour through the queue; the room's gate MUST NOT be held then.</param>
    public void AdvanceTo(RoomLog log, in LogHead head, bool send = false)
    {
        var outbox = Outbox;
        lock (outbox.Gate)
        {
            if (send)
            {
                outbox.SendLocked();
            }

            if (_log != log || _place.Position >= head.End.Position)
            {
                return;
            }

            for (var mark = head.FirstMark; mark is not null && mark.Start.Position < head.End.Position; mark = mark.Next)
            {
                if (mark.Start.Position < _place.Position)
                {
                    continue;
                }

                MoveTo(mark.Start, head.FirstBlock, outbox, send);
                if (mark.Audience.TryClaim(Outbox, _since))
                {
                    MoveTo(mark.End, head.FirstBlock, outbox, send);
                }
                else
                {
                    _place = mark.End;
                }
            }

            MoveTo(head.End, head.FirstBlock, outbox, send);
        }
    }

    private void MoveTo(in LogPlace to, LogBlock? block, Outbox outbox, bool send)
    {
        // What lies in several blocks waits until it is together: a copy costs less than a further system call.
        var isSplit = false;
        while (_place.Position < to.Position)
        {
            var next = block!.Next;
            var end = next is not null && next.Start.Position <= to.Position ? next.Start : to;
            if (end.Position > _place.Position)
            {
                // The cursor moves first: a gap that ends on the way looks there for how far it reaches.
                var from = _place;
                _place = end;
                var start = (int)(from.Position - block.Start.Position);
                var segment = OutboxSegment.Shared(
                    block, start, (int)(end.Position - from.Position), end.Entries - from.Entries, this, from.Number);
                if (send && !isSplit && end.Position == to.Position)
                {
                    outbox.SendOrAppend(segment);
                }
                else
                {
                    outbox.Append(segment);
                    isSplit = true;
                }
            }

            block = next;
        }

        if (send && isSplit)
        {
            outbox.SendLocked();
        }
    }
}
