namespace Parley.Core.Delivery;

/// <summary>
/// The sessions that have seen an event about a user. The event stands in the log of every room the user is in; whoever
/// shares several of those rooms is shown the first of these entries and steps over the others, but for those in rooms that it came into
/// when it had seen the first: there it was shown the user as before.
/// </summary>
internal sealed class OncePerSession
{
    private static long _last;
    private static long _moments;

    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly Dictionary<Outbox, long> _seen;
    private readonly bool _isClosed;

    /// <summary>An audience that has seen nothing.</summary>
    public OncePerSession() => _seen = [];

    /// <summary>An audience for an event that stands in one room, and is shown to all but some.</summary>
    /// <param name="others">Outboxes of the sessions that are not shown it.</param>
    public OncePerSession(IEnumerable<Outbox> others) => (_seen, _isClosed) = (others.ToDictionary(outbox => outbox, _ => long.MaxValue), true);

    /// <summary>Number of the audience, which no other of this process has.</summary>
    public long Number { get; } = Interlocked.Increment(ref _last);

    /// <summary>Owners of the outboxes that have seen it.</summary>
    public long[] Owners()
    {
        lock (_gate)
        {
            return [.. _seen.Keys.Select(outbox => outbox.Owner)];
        }
    }

    /// <summary>A moment behind all that there were so far.</summary>
    public static long Moment() => Interlocked.Increment(ref _moments);

    /// <summary>A session is told by itself, and shown none of the entries.</summary>
    public void Exclude(Outbox outbox)
    {
        lock (_gate)
        {
            _seen[outbox] = long.MaxValue;
        }
    }

    /// <summary>True for the first entry of a session, which its outbox stands for, and in a room that it has come into since; false for all others.</summary>
    /// <param name="outbox">The session's outbox.</param>
    /// <param name="since">The moment at which the session came into the room.</param>
    public bool TryClaim(Outbox outbox, long since)
    {
        lock (_gate)
        {
            if (_seen.TryGetValue(outbox, out var seenAt) && seenAt > since)
            {
                return false;
            }

            if (!_isClosed)
            {
                _seen[outbox] = Moment();
            }

            return true;
        }
    }
}
