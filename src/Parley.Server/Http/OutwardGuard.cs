using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Http;

/// <summary>
/// Connects to addresses of the public Internet alone, for URLs that somebody else gives: what only this machine and its neighbours can
/// reach stays out of reach. Addresses are looked at after the name was looked up, and the connection goes to the one that was looked at.
/// </summary>
/// <param name="isAllowed">Addresses that are allowed whatever they are.</param>
internal sealed class OutwardGuard(Func<IPAddress, bool> isAllowed)
{
    private static readonly IPNetwork[] Refused =
    [
        // https://www.iana.org/assignments/iana-ipv4-special-registry
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/3"),

        // https://www.iana.org/assignments/iana-ipv6-special-registry: of what is global, those that are not, or hide an IPv4 address
        IPNetwork.Parse("2001::/23"),
        IPNetwork.Parse("2001:db8::/32"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    /// <summary>True if a connection may go there.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return isAllowed(plain)
            || ((plain.AddressFamily == AddressFamily.InterNetwork || Global.Contains(plain)) && !Array.Exists(Refused, network => network.Contains(plain)));
    }

    /// <summary>Connects, as <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="RefusedAddressException">The name has no address that is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        IPAddress[] allowed = [.. addresses.Where(Allows)];
        if (allowed.Length == 0)
        {
            throw new RefusedAddressException("it has no address of the public Internet");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
