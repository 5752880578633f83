namespace Parley.Net.Echo;

/// <summary>Result of an <see cref="EchoLoad"/>.</summary>
public sealed class EchoReport
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private int _connected;
    private long _sent;
    private long _returned;
    private long _wrong;

    /// <summary>Number of clients that got a connection.</summary>
    public int Connected => Volatile.Read(ref _connected);

    /// <summary>Number of lines sent.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Number of lines that came back unchanged.</summary>
    public long Returned => Volatile.Read(ref _returned);

    /// <summary>Number of lines that came back changed.</summary>
    public long Wrong => Volatile.Read(ref _wrong);

    /// <summary>Number of lines sent that have not come back.</summary>
    public long Lost => Sent - Returned - Wrong;

    /// <summary>The time from sending a line to having it back.</summary>
    public DurationHistogram RoundTrips { get; } = new();

    /// <summary>Reasons for which clients ended early, each with the number of clients.</summary>
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

    /// <summary>True if every client was served and every line came back as it was.</summary>
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
