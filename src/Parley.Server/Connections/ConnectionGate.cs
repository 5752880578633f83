using System.Net;
using Parley.Server.Options;

namespace Parley.Server.Connections;

/// <summary>Who may come in: counts connections in all, and for each address those that are open and those that are new.</summary>
internal sealed class ConnectionGate(ParleyOptions options, TimeProvider time, WebIrcGateways? gateways = null)
{
    /// <summary>Connections that are being told at a time why they may not come in.</summary>
    private const int MaxRefusals = 16;

    /// <summary>The time over which new connections are counted.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Visitor> _visitors = [];
    private readonly WebIrcGateways _gateways = gateways ?? WebIrcGateways.None;
    private readonly int _maxConnections =
        Math.Min(options.MaxConnections > 0 ? options.MaxConnections : int.MaxValue, DescriptorLimit.Connections(withHttp: options.Http.EndPoint is not null));

    private DateTimeOffset _nextSweep = time.GetUtcNow() + Window;
    private int _connections;
    private int _refusals;

    /// <summary>Whether the command rate does not apply to an address. It does to a web gateway's wherever that is, as somebody else speaks through it.</summary>
    public bool HasNoCommandRate(IPAddress? address) => IsExempt(address) && !_gateways.Contains(address);

    /// <summary>Lets a connection in, to be let out by <see cref="Leave"/>; or says in words for the client why not.</summary>
    public bool TryEnter(IPAddress? address, out string refusal)
    {
        lock (_gate)
        {
            refusal = "";
            if (_connections >= _maxConnections)
            {
                refusal = $"The server is full ({_maxConnections} connections), try again later";
            }
            else if (IsCounted(address))
            {
                refusal = Visit(AddressKey.Of(address!));
            }

            if (refusal.Length > 0)
            {
                return false;
            }

            _connections++;
            return true;
        }
    }

    /// <summary>
    /// A connection that was let in turns out to be somebody else's: it counts for that address from here on, and leaves by
    /// it. False: says in words for the client why not; then nothing has changed, and the connection MUST end.
    /// </summary>
    public bool TryMove(IPAddress? from, IPAddress to, out string refusal)
    {
        lock (_gate)
        {
            refusal = IsCounted(to) ? Visit(AddressKey.Of(to)) : "";
            if (refusal.Length > 0)
            {
                return false;
            }

            LeaveAddress(from);
            return true;
        }
    }

    /// <summary>A connection that was let in has ended.</summary>
    /// <param name="address">The one that it counted for at last.</param>
    public void Leave(IPAddress? address)
    {
        lock (_gate)
        {
            _connections--;
            LeaveAddress(address);
        }
    }

    /// <summary>
    /// Whether there is time to tell a connection why it may not come in. Not too many at once are told: those who come
    /// in a flood would hold the very descriptors that they were refused for.
    /// </summary>
    public bool TryBeginRefusal()
    {
        if (Interlocked.Increment(ref _refusals) <= MaxRefusals)
        {
            return true;
        }

        EndRefusal();
        return false;
    }

    public void EndRefusal() => Interlocked.Decrement(ref _refusals);

    /// <summary>Whether limits per address do not apply to an address.</summary>
    public bool IsExempt(IPAddress? address)
        => address is null || (options.ExemptLoopback && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>All who come through a web gateway have its address at first: they are counted when they have their own.</summary>
    private bool IsCounted(IPAddress? address) => !IsExempt(address) && !_gateways.Contains(address);

    private void LeaveAddress(IPAddress? address)
    {
        if (IsCounted(address) && _visitors.TryGetValue(AddressKey.Of(address!), out var visitor))
        {
            visitor.Open--;
        }
    }

    private string Visit(IPAddress address)
    {
        var now = time.GetUtcNow();
        Sweep(now);
        if (!_visitors.TryGetValue(address, out var visitor))
        {
            _visitors.Add(address, visitor = new Visitor());
        }

        while (visitor.Arrivals.TryPeek(out var oldest) && oldest <= now - Window)
        {
            visitor.Arrivals.Dequeue();
        }

        if (visitor.Open >= options.MaxConnectionsPerAddress)
        {
            return $"Too many connections from your address (at most {options.MaxConnectionsPerAddress}), close one first";
        }

        if (visitor.Arrivals.Count >= options.MaxNewConnectionsPerAddress)
        {
            return $"Too many new connections from your address (at most {options.MaxNewConnectionsPerAddress} in 10 minutes), try again later";
        }

        visitor.Open++;
        visitor.Arrivals.Enqueue(now);
        return "";
    }

    /// <summary>Forgets, once a window, addresses that have not been seen for one.</summary>
    private void Sweep(DateTimeOffset now)
    {
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + Window;
        foreach (var (address, visitor) in _visitors)
        {
            if (visitor.Open == 0 && visitor.Arrivals.All(arrival => arrival <= now - Window))
            {
                _visitors.Remove(address);
            }
        }
    }

    private sealed class Visitor
    {
        public int Open { get; set; }

        public Queue<DateTimeOffset> Arrivals { get; } = new();
    }
}
