namespace Parley.Server.Transport.Tls.OpenSsl;

/// <summary>
/// The keys that session tickets are sealed with, so that who comes back need not go through a whole handshake. Each seals for
/// <see cref="Lifetime"/> and opens for as long again; then what was said under its tickets can be resumed by nobody.
/// </summary>
internal sealed class TicketKeys(TimeProvider time)
{
    /// <summary>The time that a key seals tickets.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // Lock tier 4: taken last, nothing is taken inside.
    private readonly Lock _gate = new();
    private TicketKey? _current;
    private TicketKey? _previous;
    private DateTimeOffset _rotated;

    /// <summary>The key to seal a ticket with.</summary>
    public TicketKey Current
    {
        get
        {
            lock (_gate)
            {
                Rotate();
                return _current!;
            }
        }
    }

    /// <summary>The key of a name; null if it is unknown, or was let go of.</summary>
    public TicketKey? Find(ReadOnlySpan<byte> name)
    {
        lock (_gate)
        {
            Rotate();
            return name.SequenceEqual(_current!.Name) ? _current : _previous is not null && name.SequenceEqual(_previous.Name) ? _previous : null;
        }
    }

    private void Rotate()
    {
        var age = time.GetUtcNow() - _rotated;
        if (_current is null || age >= Lifetime)
        {
            // After twice the time, also what came before is too old.
            _previous = age < 2 * Lifetime ? _current : null;
            _current = new TicketKey();
            _rotated = time.GetUtcNow();
        }
    }
}
