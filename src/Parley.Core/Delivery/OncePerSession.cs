namespace Parley.Core.Delivery;

/// <summary>
/// The sessions that have seen an event about a user. The event stands in the log of every room the user is in; whoever
/// shares several of those rooms is shown the first of these entries and steps over the others.
/// </summary>
internal sealed class OncePerSession
{
    private static long _last;

    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private readonly HashSet<Outbox> _seen;
    private readonly bool _isClosed;

    /// <summary>An audience that has seen nothing.</summary>
    public OncePerSession() => _seen = [];

    /// <summary>An audience for an event that stands in one room, and is shown to all but some.</summary>
    /// <param name="others">Outboxes of the sessions that are not shown it.</param>
    public OncePerSession(IEnumerable<Outbox> others) => (_seen, _isClosed) = ([.. others], true);

    /// <summary>Number of the audience, which no other of this process has.</summary>
    public long Number { get; } = Interlocked.Increment(ref _last);

    /// <summary>Owners of the outboxes that have seen it.</summary>
    public long[] Owners()
    {
        lock (_gate)
        {
            return [.. _seen.Select(outbox => outbox.Owner)];
        }
    }

    /// <summary>True for the first entry of a session, which its outbox stands for; false for all others.</summary>
    public bool TryClaim(Outbox outbox)
    {
        lock (_gate)
        {
            return _isClosed ? !_seen.Contains(outbox) : _seen.Add(outbox);
        }
    }
}
