namespace Parley.Core.Delivery;

// What becomes of messages that a reader was too slow for: a gap, of which it is told, and which is filled from history.
public sealed partial class Outbox
{
    private MissedMessages? _missed;

    /// <summary>Puts lines into a hole and sends on from there.</summary>
    /// <returns>Completes when they were sent; false if they will not be, and nothing further from there either.</returns>
    internal Task<bool> FillAsync(OutboxHole hole, byte[] lines)
    {
        var bytes = Framed(lines);
        lock (Gate)
        {
            if (_completed || hole.IsClosed)
            {
                return Task.FromResult(false);
            }

            if (bytes.Length == 0)
            {
                // What a flavor leaves out: it would never count as sent.
                return Task.FromResult(true);
            }

            _waitingBytes += bytes.Length;
            hole.Fill(bytes);
            var taken = IsUnpaced ? Task.FromResult(true) : hole.Taken;
            SendLocked();
            return taken;
        }
    }

    /// <summary>Ends a hole, and sends what waits behind it.</summary>
    internal void Close(OutboxHole hole)
    {
        lock (Gate)
        {
            hole.Close();
            SendLocked();
        }
    }

    /// <summary>Leaves a place for bytes that come later; <see cref="Gate"/> MUST be held.</summary>
    internal void Append(OutboxHole hole)
    {
        if (_completed)
        {
            hole.Abandon();
            return;
        }

        _queue.Enqueue(OutboxSegment.Of(hole));
    }

    /// <summary>Applies the policy to a full outbox. True if <paramref name="segment"/> fits now.</summary>
    private bool MakeRoom(in OutboxSegment segment)
    {
        if (_options.Overflow == OverflowPolicy.Disconnect)
        {
            Traffic?.Overflowed();
            EndLocked();
            ThreadPool.UnsafeQueueUserWorkItem(static outbox => outbox.Connection?.CutOff(), this, preferLocal: false);
            return false;
        }

        var isNew = _missed is null;
        _missed ??= new MissedMessages();
        LetGo(everything: false);
        if (isNew)
        {
            Traffic?.Overflowed();
            _queue.Enqueue(OutboxSegment.Of(_missed.Gap));
        }

        if (_waitingBytes + segment.Length <= _options.MaxBytes)
        {
            return true;
        }

        _missed.Add(segment);
        Traffic?.LetGo(segment.Messages);
        return false;
    }

    /// <summary>Sends what there is of a hole, which is next; false if more is to come first.</summary>
    private bool TrySend(OutboxHole hole)
    {
        if (hole is { IsGap: true, IsReached: false })
        {
            Reach(hole);
        }

        if (hole.Bytes.Length > 0)
        {
            var sent = Write(hole.Bytes);
            _waitingBytes -= sent;
            hole.Consume(sent);
            return true;
        }

        return hole.IsClosed && _queue.TryDequeue(out _);
    }

    /// <summary>The reader has come to the gap: it is told of it, and then given what it missed.</summary>
    internal void Reach(OutboxHole gap, int place = 0)
    {
        var notice = Framed(Scratch.Encode(Flavor, new Missed(_missed!.Count)));
        var ranges = _missed.TakeRanges(ref _queue, place);
        _missed = null;
        _waitingBytes += notice.Length;
        gap.Fill(notice);
        gap.IsReached = true;
        if (CatchUp is null || ranges.Count == 0 || _completed)
        {
            gap.Close();
        }
        else
        {
            CatchUp.Begin(gap, ranges);
        }
    }
}
