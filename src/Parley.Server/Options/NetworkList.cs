using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Parley.Server.Options;

/// <summary>Networks, by their addresses; none, unless there are some.</summary>
public sealed class NetworkList
{
    private readonly IPNetwork[] _networks;

    private NetworkList(IPNetwork[] networks) => _networks = networks;

    /// <summary>No network.</summary>
    public static NetworkList None { get; } = new([]);

    /// <summary>Whether there is no network in it.</summary>
    public bool IsEmpty => _networks.Length == 0;

    /// <summary>The networks.</summary>
    public IReadOnlyList<IPNetwork> Networks => _networks;

    /// <summary>Reads networks (<c>192.0.2.0/24</c>, <c>2001:db8::/32</c>) and addresses with commas between them, or <c>none</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out NetworkList? networks)
    {
        networks = null;
        if (string.Equals(text, "none", StringComparison.OrdinalIgnoreCase))
        {
            networks = None;
            return true;
        }

        var found = new List<IPNetwork>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (TryParseOne(word) is not { } network)
            {
                return false;
            }

            found.Add(network);
        }

        networks = new NetworkList([.. found]);
        return true;
    }

    /// <summary>Whether an address lies in one of them. An IPv4 address is the same when a socket for both kinds tells it as IPv6.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_networks, network => network.Contains(plain));
    }

    /// <summary>The networks in the form that is read.</summary>
    public override string ToString() => IsEmpty ? "none" : string.Join(',', _networks);

    private static IPNetwork? TryParseOne(string word)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? word : word[..slash];
        if (!IPAddress.TryParse(host, out var address)
            || address.IsIPv4MappedToIPv6

            // "10/8" and "1" are addresses to the system, brackets and zones parts of one: slips of the finger here.
            || !(host.Contains(':', StringComparison.Ordinal) ? host.All(character => char.IsAsciiHexDigit(character) || character is ':' or '.') : address.ToString() == host))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        var length = bytes.Length * 8;
        if (slash >= 0 && !(int.TryParse(word.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= bytes.Length * 8))
        {
            return null;
        }

        // 192.0.2.7/24 is meant as the network that 192.0.2.7 is in.
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(length - (8 * i), 0, 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }
}
