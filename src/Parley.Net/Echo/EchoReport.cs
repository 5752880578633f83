namespace Parley.Net.Echo;

/// <summary>What came of an <see cref="EchoLoad"/>.</summary>
public sealed class EchoReport
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private int _connected;
    private long _sent;
    private long _returned;
    private long _wrong;

    /// <summary>How many clients got a connection.</summary>
    public int Connected => Volatile.Read(ref _connected);

    /// <summary>How many lines were sent.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>How many came back as they had been sent.</summary>
    public long Returned => Volatile.Read(ref _returned);

    /// <summary>How many came back changed.</summary>
    public long Wrong => Volatile.Read(ref _wrong);

    /// <summary>How many never came back.</summary>
    public long Lost => Sent - Returned - Wrong;

    /// <summary>The time from sending a line to having it back.</summary>
    public DurationHistogram RoundTrips { get; } = new();

    /// <summary>What ended clients before they were done, each with the number of clients.</summary>
    public IReadOnlyDictionary<string, int> Failures
    {
        get
        {
            lock (_lock)
            {
                return new Dictionary<string, int>(_failures, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Whether every client was served and every line came back as it was.</summary>
    public bool IsClean => Lost == 0 && Wrong == 0 && Failures.Count == 0;

    internal void AddConnected() => Interlocked.Increment(ref _connected);

    internal void AddSent() => Interlocked.Increment(ref _sent);

    internal void AddReturned(TimeSpan roundTrip)
    {
        Interlocked.Increment(ref _returned);
        RoundTrips.Record(roundTrip);
    }

    internal void AddWrong() => Interlocked.Increment(ref _wrong);

    internal void AddFailure(string reason, int clients = 1)
    {
        if (clients == 0)
        {
            return;
        }

        lock (_lock)
        {
            _failures[reason] = _failures.GetValueOrDefault(reason) + clients;
        }
    }
}
