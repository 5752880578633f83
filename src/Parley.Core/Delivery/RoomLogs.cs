using Parley.Core.Events;

namespace Parley.Core.Delivery;

/// <summary>A room's logs, one for each flavor in use, and with them the places of all who read it.</summary>
/// <param name="room">The room.</param>
internal sealed class RoomLogs(RoomLife room)
{
    private RoomLog[] _all = [];
    private RoomEvent? _folded;

    /// <summary>The room's gate. Lock tier 2: one room's at a time; outbox gates may be taken inside, user gates only outside.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The number of the last event so far; 0 if there was none.</summary>
    public long LastNumber { get; set; }

    /// <summary>Count of events so far, whatever their numbers. Guarded by the gate.</summary>
    public long Count { get; private set; }

    /// <summary>Replaced as a whole, so that anyone may walk it.</summary>
    public RoomLog[] All => Volatile.Read(ref _all);

    /// <summary>Encodes an event behind the last one, for everybody. With an audience, it is shown to those only whom that lets through.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="audience">If it is to be shown to some only: who has seen it.</param>
    /// <param name="author">Outbox of the session that is shown it by itself; null for nobody's.</param>
    public void Append(RoomEvent entry, OncePerSession? audience, Outbox? author = null)
    {
        LastNumber = Math.Max(LastNumber, entry.Number);
        Count++;
        _folded = null;
        foreach (var log in _all)
        {
            if (log.Node is { } node)
            {
                node.Happened(room, entry, audience?.Number ?? 0, audience?.Owners() ?? [], author?.Owner ?? 0);
                log.IsNodeBehind = true;
            }
            else
            {
                log.Append(entry, audience);
            }
        }
    }

    /// <summary>An event was folded into the room's state; what is shown of it comes next.</summary>
    public void BeginFold(RoomEvent entry) => _folded = entry;

    /// <summary>Nothing more of the event is shown: nodes that were not told of it are, so that they know the same room.</summary>
    public void EndFold()
    {
        if (_folded is not { } entry)
        {
            return;
        }

        _folded = null;
        foreach (var log in _all)
        {
            log.Node?.Folded(room, entry);
        }
    }

    /// <summary>True if a session with that flavor reads the room.</summary>
    public bool Has(Flavor flavor) => Array.Exists(_all, log => log.Flavor == flavor);

    /// <summary>True if there is more than so many bytes in a log that its readers were not yet given.</summary>
    public bool IsBehind(int bytes)
    {
        foreach (var log in _all)
        {
            if (log.UnflushedBytes > bytes)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Has a session read from the end of a flavor's log on.</summary>
    public void Add(Subscription reader, Flavor flavor) => LogOf(flavor).Add(reader);

    /// <summary>Gives a session all there is, and then no more.</summary>
    public void Remove(Subscription reader)
    {
        if (reader.Log is not { } log)
        {
            return;
        }

        reader.AdvanceTo(log, log.Head);
        log.Remove(reader);
        if (!log.HasReaders)
        {
            Volatile.Write(ref _all, [.. _all.Where(other => other != log)]);
            log.Clear();
        }
    }

    /// <summary>Sends every reader what it has not had. The gate MUST NOT be held.</summary>
    public void Send()
    {
        foreach (var log in All)
        {
            if (log.Node is null && !log.Flavor.IsSilent)
            {
                LogHead head;
                Subscription[] readers;
                long count;
                lock (Gate)
                {
                    (head, readers, count) = (log.BeginWalk(), log.Readers, Count);
                }

                Walk(log, head, readers, count, send: true);
            }
        }
    }

    /// <summary>Gives every reader what it has not had, without sending it yet. Takes the gate.</summary>
    /// <param name="upTo">Count of events that they have to be given at least: readers who were given those already are left alone.</param>
    public void Advance(long upTo = long.MaxValue)
    {
        foreach (var log in All)
        {
            LogHead head;
            Subscription[] readers;
            long count;
            lock (Gate)
            {
                if (log.Node is { } node)
                {
                    // Under the gate, so that whoever finds the node asked already comes behind the question.
                    if (log.IsNodeBehind)
                    {
                        node.Advance(room);
                        log.IsNodeBehind = false;
                    }

                    continue;
                }

                if (log.Flavor.IsSilent || log.UnflushedBytes == 0 || log.Given >= upTo)
                {
                    continue;
                }

                (head, readers, count) = (log.BeginWalk(), log.Readers, Count);
            }

            Walk(log, head, readers, count, send: false);
        }
    }

    private void Walk(RoomLog log, in LogHead head, Subscription[] readers, long count, bool send)
    {
        foreach (var reader in readers)
        {
            reader.AdvanceTo(log, head, send);
        }

        lock (Gate)
        {
            log.EndWalk(head.End.Position);
            log.Given = Math.Max(log.Given, count);
        }
    }

    private RoomLog LogOf(Flavor flavor)
    {
        foreach (var log in _all)
        {
            if (log.Flavor == flavor)
            {
                return log;
            }
        }

        var added = new RoomLog(flavor, LastNumber);
        Volatile.Write(ref _all, [.. _all, added]);
        return added;
    }
}
