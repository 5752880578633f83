using System.Diagnostics.CodeAnalysis;
using System.Net;
using Parley.Core.Moderation;

namespace Parley.Server.Options;

/// <summary>Networks, by their addresses; none, unless there are some.</summary>
public sealed class NetworkList
{
    private readonly IPNetwork[] _networks;

    private NetworkList(IPNetwork[] networks) => _networks = networks;

    /// <summary>No network.</summary>
    public static NetworkList None { get; } = new([]);

    /// <summary>True if there is no network in it.</summary>
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
            if (!NetworkText.TryParse(word, out var network))
            {
                return false;
            }

            found.Add(network);
        }

        networks = new NetworkList([.. found]);
        return true;
    }

    /// <summary>True if an address lies in one of them. An IPv4 address is the same when a socket for both kinds tells it as IPv6.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_networks, network => network.Contains(plain));
    }

    /// <summary>The networks in the form that is read.</summary>
    public override string ToString() => IsEmpty ? "none" : string.Join(',', _networks);
}
