namespace Parley.Core.Delivery;

/// <summary>Messages that an outbox dropped since its reader was last told.</summary>
/// <remarks>Guarded by the outbox's gate.</remarks>
internal sealed class MissedMessages
{
    private readonly List<Subscription> _subscriptions = [];

    /// <summary>Number of messages that were dropped since then.</summary>
    public long Count { get; private set; }

    /// <summary>Where they are missing: becomes a notice when the reader gets there.</summary>
    public OutboxHole Gap { get; } = new() { IsGap = true };

    public void Add(in OutboxSegment segment)
    {
        Count += segment.Messages;
        if (segment.Source is { MissedAfter: null } source)
        {
            source.MissedAfter = segment.NumberBefore;
            _subscriptions.Add(source);
        }
    }

    /// <summary>Returns the ranges of history that were missed in rooms that the session still follows, and starts anew for those rooms.</summary>
    /// <param name="queue">What waits: behind the gap, the reader is given what the room's log has.</param>
    /// <param name="place">The place of the gap there.</param>
    public List<MissedRange> TakeRanges(ref SegmentQueue queue, int place)
    {
        List<MissedRange> ranges = [];
        foreach (var subscription in _subscriptions)
        {
            var (after, upTo) = (subscription.MissedAfter!.Value, subscription.Number);
            subscription.MissedAfter = null;
            for (var i = queue.Count - 1; i > place; i--)
            {
                if (queue[i].Source == subscription)
                {
                    upTo = queue[i].NumberBefore;
                }
            }

            if (subscription.Log is not null && upTo > after)
            {
                ranges.Add(new MissedRange(subscription, after, upTo));
            }
        }

        return ranges;
    }
}
