using System.Globalization;
using System.Net;

namespace Parley.Core.Moderation;

// network = address [ "/" 1*DIGIT ]
// address = IPv4 with four parts / IPv6 without brackets and zone

/// <summary>Networks in text: <c>192.0.2.0/24</c>, <c>2001:db8::/32</c>, or a single address.</summary>
public static class NetworkText
{
    /// <summary>Reads a network. An address without a length is a network of its own; one inside a network means that network.</summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(host, out var address)
            || address.IsIPv4MappedToIPv6

            // "10/8" and "1" are addresses to the system, brackets and zones parts of one: slips of the finger here.
            || !(host.Contains(':', StringComparison.Ordinal) ? host.All(character => char.IsAsciiHexDigit(character) || character is ':' or '.') : address.ToString() == host))
        {
            return false;
        }

        var bits = address.GetAddressBytes().Length * 8;
        var length = bits;
        if (slash >= 0 && !(int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bits))
        {
            return false;
        }

        network = Around(address, length);
        return true;
    }

    /// <summary>The network of a length that an address lies in.</summary>
    public static IPNetwork Around(IPAddress address, int prefixLength)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(prefixLength - (8 * i), 0, 8));
        }

        return new IPNetwork(new IPAddress(bytes), prefixLength);
    }

    /// <summary>The network that counts as one place: an IPv4 address, or the /64 of an IPv6 address, as one customer is given at least that.</summary>
    public static IPNetwork PlaceOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Around(plain, plain.GetAddressBytes().Length == 16 ? 64 : 32);
    }

    /// <summary>Writes a network in the form that is read; one of a single address without a length.</summary>
    public static string Of(IPNetwork network)
        => network.PrefixLength == network.BaseAddress.GetAddressBytes().Length * 8 ? network.BaseAddress.ToString() : network.ToString();
}
