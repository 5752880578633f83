using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Connections;

/// <summary>Unit that counts as one address: an IPv4 address, or the /64 that an IPv6 address lies in, as one customer is given at least that.</summary>
internal static class AddressKey
{
    private const int AddressBytes = 8;
    private const int SiteBytes = 6;

    public static IPAddress Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        return Prefix(address, AddressBytes);
    }

    /// <summary>The /48 that an IPv6 address lies in, as one customer may be given all of it; null for an IPv4 address.</summary>
    public static IPAddress? SiteOf(IPAddress address)
        => address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 ? Prefix(address, SiteBytes) : null;

    private static IPAddress Prefix(IPAddress address, int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[length..].Clear();
        return new IPAddress(bytes);
    }
}
