using Parley.Core.Rooms;
using Parley.Core.Sessions;

namespace Parley.Core.Delivery;

/// <summary>A session's place in a room: a position in the log of its flavor. Everything before it is in the session's outbox.</summary>
internal sealed class Subscription(Session session, Room room)
{
    // Guarded by the outbox's gate: the cursor moves together with what is appended there.
    private RoomLog? _log;
    private long _position;
    private long _entries;

    public Session Session { get; } = session;

    public Room Room { get; } = room;

    /// <summary>The log it reads; null once it has ended. Set under both the room's and the outbox's gate.</summary>
    public RoomLog? Log => _log;

    /// <summary>Where the log keeps it, so that it is found again at once. Guarded by the room's gate.</summary>
    public int Slot { get; set; }

    /// <summary>Starts reading at the end of a log; the room's gate MUST be held.</summary>
    public void Follow(RoomLog log)
    {
        var head = log.Head;
        lock (Session.Outbox.Gate)
        {
            (_log, _position, _entries) = (log, head.Position, head.Entries);
        }
    }

    /// <summary>Reads no more; the room's gate MUST be held.</summary>
    public void End()
    {
        lock (Session.Outbox.Gate)
        {
            _log = null;
        }
    }

    /// <summary>Steps over what lies before the head without showing it; the room's gate MUST be held.</summary>
    public void SkipTo(in LogHead head)
    {
        lock (Session.Outbox.Gate)
        {
            (_position, _entries) = (head.Position, head.Entries);
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
        var outbox = Session.Outbox;
        lock (outbox.Gate)
        {
            if (send)
            {
                outbox.SendLocked();
            }

            if (_log != log || _position >= head.Position)
            {
                return;
            }

            for (var mark = head.FirstMark; mark is not null && mark.Start < head.Position; mark = mark.Next)
            {
                if (mark.Start < _position)
                {
                    continue;
                }

                MoveTo(mark.Start, mark.EntriesBefore, head.FirstBlock, outbox, send);
                if (mark.Audience.TryClaim(Session))
                {
                    MoveTo(mark.End, mark.EntriesBefore + 1, head.FirstBlock, outbox, send);
                }
                else
                {
                    (_position, _entries) = (mark.End, mark.EntriesBefore + 1);
                }
            }

            MoveTo(head.Position, head.Entries, head.FirstBlock, outbox, send);
        }
    }

    private void MoveTo(long position, long entries, LogBlock? block, Outbox outbox, bool send)
    {
        while (_position < position)
        {
            var next = block!.Next;
            var (end, endEntries) = next is not null && next.Start <= position
                ? (next.Start, next.EntriesBefore)
                : (position, entries);
            if (end > _position)
            {
                var start = (int)(_position - block.Start);
                var segment = OutboxSegment.Shared(block, start, (int)(end - _position), endEntries - _entries);
                if (send)
                {
                    outbox.SendOrAppend(segment);
                }
                else
                {
                    outbox.Append(segment);
                }

                (_position, _entries) = (end, endEntries);
            }

            block = next;
        }

        _entries = entries;
    }
}
