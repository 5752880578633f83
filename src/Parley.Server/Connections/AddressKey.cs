using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Connections;

/// <summary>Unit that counts as one address: an IPv4 address, or the /64 that an IPv6 address lies in, as one customer is given at least that.</summary>
internal static class AddressKey
{
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

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
