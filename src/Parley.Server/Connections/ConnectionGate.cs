using System.Net;
using Parley.Core.Moderation;
using Parley.Core.Text;
using Parley.Server.Options;

namespace Parley.Server.Connections;

/// <summary>Decides who may come in: counts, for each address, connections that are open and that are new, and then all of them.</summary>
internal sealed class ConnectionGate(ParleyOptions options, TimeProvider time, WebIrcGateways? gateways = null, IBanList? bans = null, ServerDrain? drain = null)
{
    /// <summary>Connections that are being told at a time why they may not come in.</summary>
    private const int MaxRefusals = 16;

    /// <summary>The time over which new connections are counted.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Visitor> _visitors = [];
    private readonly Dictionary<IPAddress, Visitor> _sites = [];
    private readonly WebIrcGateways _gateways = gateways ?? WebIrcGateways.None;
    private readonly int _maxOfSystem = DescriptorLimit.Connections(withHttp: options.Http.EndPoint is not null);

    private DateTimeOffset _nextSweep = time.GetUtcNow() + Window;
    private int _connections;
    private int _refusals;

    /// <summary>True if the command rate does not apply to an address. It does to a web gateway's wherever that is, as somebody else speaks through it.</summary>
    public bool HasNoCommandRate(IPAddress? address, bool trustsLoopback = true) => IsExempt(address, trustsLoopback) && !_gateways.Contains(address);

    /// <summary>Lets a connection in, to be let out by <see cref="Leave"/>; or says in words for the client why not.</summary>
    /// <param name="address">Where it is from; null if no limit per address holds.</param>
    /// <param name="refusal">Why not.</param>
    /// <param name="trustsLoopback">Whether a loopback address is this machine itself, and not a proxy that speaks for others.</param>
    public bool TryEnter(IPAddress? address, out string refusal, bool trustsLoopback = true)
    {
        if ((RefusalOfBanned(address) ?? (drain is { IsDraining: true } ? ServerDrain.Words : null)) is { } closed)
        {
            refusal = closed;
            return false;
        }

        lock (_gate)
        {
            var visitor = IsCounted(address, trustsLoopback) ? VisitorAt(address!) : null;
            refusal = visitor is null ? "" : RefusalOf(visitor);
            var max = Math.Min(options.MaxConnections > 0 ? options.MaxConnections : int.MaxValue, _maxOfSystem);
            if (refusal.Length == 0 && _connections >= max)
            {
                refusal = $"The server is full ({Counted.Of(max, "connection")}), try again later";
            }

            if (refusal.Length > 0)
            {
                return false;
            }

            Enter(visitor);
            _connections++;
            return true;
        }
    }

    /// <summary>Counts a connection that another process has let in, to be let out by <see cref="Leave"/>.</summary>
    /// <param name="address">Where it is from; null if no limit per address holds.</param>
    /// <param name="trustsLoopback">Whether a loopback address is this machine itself.</param>
    public void Keep(IPAddress? address, bool trustsLoopback)
    {
        lock (_gate)
        {
            if (IsCounted(address, trustsLoopback))
            {
                VisitorAt(address!).AddOpen(1);
            }

            _connections++;
        }
    }

    /// <summary>
    /// A connection that was let in turns out to be somebody else's: it counts for that address from here on, and leaves by
    /// it. False: says in words for the client why not; then nothing has changed, and the connection MUST end.
    /// </summary>
    public bool TryMove(IPAddress? from, IPAddress to, out string refusal)
    {
        if (RefusalOfBanned(to) is { } banned)
        {
            refusal = banned;
            return false;
        }

        lock (_gate)
        {
            var visitor = IsCounted(to) ? VisitorAt(to) : null;
            refusal = visitor is null ? "" : RefusalOf(visitor);
            if (refusal.Length > 0)
            {
                return false;
            }

            Enter(visitor);
            LeaveAddress(from, trustsLoopback: true);
            return true;
        }
    }

    /// <summary>A connection that was let in has ended.</summary>
    /// <param name="address">The one that it counted for at last.</param>
    /// <param name="trustsLoopback">As when it was let in.</param>
    public void Leave(IPAddress? address, bool trustsLoopback = true)
    {
        lock (_gate)
        {
            _connections--;
            LeaveAddress(address, trustsLoopback);
        }
    }

    /// <summary>The rate of bytes that all connections from an address share, as long as one of them is open; null if there is none.</summary>
    public SharedRate? BytesFrom(IPAddress? address, bool trustsLoopback = true)
    {
        if (HasNoCommandRate(address, trustsLoopback))
        {
            return null;
        }

        lock (_gate)
        {
            return VisitorAt(address!).Bytes ??= new SharedRate(() => (options.ByteBurst, options.ByteRate), time);
        }
    }

    /// <summary>
    /// True if there is time to tell a connection why it may not come in. Not too many at once are told: those who come
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

    /// <summary>True if limits per address do not apply to an address.</summary>
    public bool IsExempt(IPAddress? address, bool trustsLoopback = true)
        => address is null || (options.ExemptLoopback && trustsLoopback && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    /// <summary>All who come through a web gateway have its address at first: they are counted when they have their own.</summary>
    private bool IsCounted(IPAddress? address, bool trustsLoopback = true) => !IsExempt(address, trustsLoopback) && !_gateways.Contains(address);

    /// <summary>Words for somebody at a banned address; null for any other. A gateway's own address says nothing of those whom it speaks for.</summary>
    private string? RefusalOfBanned(IPAddress? address) => _gateways.Contains(address) ? null : bans?.Find(address)?.Words("this server");

    private void LeaveAddress(IPAddress? address, bool trustsLoopback)
    {
        if (IsCounted(address, trustsLoopback) && _visitors.TryGetValue(AddressKey.Of(address!), out var visitor))
        {
            visitor.AddOpen(-1);
        }
    }

    private Visitor VisitorAt(IPAddress address)
    {
        Sweep(time.GetUtcNow());
        var key = AddressKey.Of(address);
        if (!_visitors.TryGetValue(key, out var visitor))
        {
            _visitors.Add(key, visitor = new Visitor(AddressKey.SiteOf(address) is { } site ? SiteAt(site) : null));
        }

        return visitor;
    }

    private Visitor SiteAt(IPAddress key)
    {
        if (!_sites.TryGetValue(key, out var site))
        {
            _sites.Add(key, site = new Visitor(null));
        }

        return site;
    }

    private string RefusalOf(Visitor visitor)
    {
        var refusal = RefusalOf(visitor, "address", options.MaxConnectionsPerAddress, options.MaxNewConnectionsPerAddress);
        return refusal.Length > 0 || visitor.Site is null ? refusal
            : RefusalOf(visitor.Site, "network", options.OfSite(options.MaxConnectionsPerAddress), options.OfSite(options.MaxNewConnectionsPerAddress));
    }

    private string RefusalOf(Visitor visitor, string place, int max, int maxNew)
    {
        var now = time.GetUtcNow();
        while (visitor.Arrivals.TryPeek(out var oldest) && oldest <= now - Window)
        {
            visitor.Arrivals.Dequeue();
        }

        return visitor.Open >= max ? $"Too many connections from your {place} (at most {max}), close one first"
            : visitor.Arrivals.Count >= maxNew ? $"Too many new connections from your {place} (at most {maxNew} in 10 minutes), try again later"
            : "";
    }

    private void Enter(Visitor? visitor)
    {
        if (visitor is not null)
        {
            visitor.AddOpen(1);
            visitor.Arrivals.Enqueue(time.GetUtcNow());
            if (options.Ipv6SiteFactor > 0)
            {
                visitor.Site?.Arrivals.Enqueue(time.GetUtcNow());
            }
        }
    }

    /// <summary>Forgets, once a window, addresses that have not been seen for one.</summary>
    private void Sweep(DateTimeOffset now)
    {
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + Window;
        Forget(_visitors, now);

        // Of a site without open connections and new ones, no address is left either: none counts for two.
        Forget(_sites, now);
    }

    private static void Forget(Dictionary<IPAddress, Visitor> visitors, DateTimeOffset now)
    {
        foreach (var (address, visitor) in visitors)
        {
            if (visitor.Open == 0 && visitor.Arrivals.All(arrival => arrival <= now - Window))
            {
                visitors.Remove(address);
            }
        }
    }

    /// <summary>Connections of one address, or of all addresses of an IPv6 /48.</summary>
    private sealed class Visitor(Visitor? site)
    {
        /// <summary>The /48 of an IPv6 /64; null for any other.</summary>
        public Visitor? Site { get; } = site;

        public int Open { get; private set; }

        public Queue<DateTimeOffset> Arrivals { get; } = new();

        public SharedRate? Bytes { get; set; }

        public void AddOpen(int count)
        {
            Open += count;
            Site?.AddOpen(count);
        }
    }
}
