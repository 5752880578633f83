using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Parley.Net.Resolve;

/// <summary>A name to resolve: <c>name</c>, <c>name:port</c>, an IPv4 address, or an IPv6 address alone or as <c>[ipv6]:port</c>.</summary>
/// <param name="Name">The name or address, without brackets.</param>
/// <param name="Port">Its port, if it has one.</param>
public sealed record NameQuery(string Name, int? Port)
{
    /// <summary>Reads a query; when it cannot, <paramref name="error"/> says what to write.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out NameQuery? query, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        query = null;
        (string name, string? portText) = Split(text);
        error = ErrorInName(name);
        if (error is not null)
        {
            return false;
        }

        int port = 0;
        if (portText is not null
            && (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            error = $"'{portText}' is not a port: give a number from 1 to 65535, as in {name}:80";
            return false;
        }

        query = new NameQuery(name.Trim('[', ']'), portText is null ? null : port);
        return true;
    }

    // The last colon begins the port, unless it is one of several without brackets around them.
    private static (string Name, string? Port) Split(string text)
    {
        int colon = text.LastIndexOf(':');
        bool beginsPort = colon >= 0 && (text[..colon].EndsWith(']') || colon == text.IndexOf(':', StringComparison.Ordinal));
        return beginsPort ? (text[..colon], text[(colon + 1)..]) : (text, null);
    }

    private static string? ErrorInName(string name)
    {
        if (name.Contains(':', StringComparison.Ordinal) || name.StartsWith('['))
        {
            string bare = name is ['[', .. var inside, ']'] ? inside : name;

            // To the system [::1] and [::1]:80 are addresses, too.
            return !bare.Contains('[', StringComparison.Ordinal)
                && IPAddress.TryParse(bare, out IPAddress? address)
                && address.AddressFamily == AddressFamily.InterNetworkV6
                ? null
                : $"'{name}' is not an address: write NAME:PORT or [IPV6]:PORT, as in [::1]:80";
        }

        bool isIPv4 = name.Count(c => c == '.') == 3 && IPAddress.TryParse(name, out _);
        return isIPv4 ? null : HostName.ErrorIn(name);
    }
}
