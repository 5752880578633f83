using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Parley.Cli.Chat;

/// <summary>Where a server listens: <c>host</c>, <c>host:port</c>, <c>[ipv6]:port</c>, or an IPv6 address alone.</summary>
/// <param name="Host">A name or an address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record ServerAddress(string Host, int Port)
{
    /// <summary>The address for those who connect.</summary>
    public DnsEndPoint EndPoint => new(Host, Port);

    /// <summary>Reads an address as people write it; when it cannot, <paramref name="error"/> says why and what to write.</summary>
    public static bool TryParse(
        string text,
        int defaultPort,
        [NotNullWhen(true)] out ServerAddress? address,
        [NotNullWhen(false)] out string? error)
    {
        address = null;
        (string host, string? portText) = Split(text);
        error = ErrorInHost(text, host, defaultPort);
        if (error is not null)
        {
            return false;
        }

        int port = defaultPort;
        if (portText is not null
            && (!int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            error = $"'{portText}' is not a port: give a number from 1 to 65535, as in 127.0.0.1:{defaultPort}";
            return false;
        }

        address = new ServerAddress(host.Trim('[', ']'), port);
        return true;
    }

    /// <summary>The address as it would be written on a command line, an IPv6 address in brackets.</summary>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private static (string Host, string? Port) Split(string text)
    {
        // The last colon ends the host, unless it is within the brackets of an IPv6 address, or one of several without any.
        int colon = text.LastIndexOf(':');
        bool endsHost = colon >= 0 && (text[..colon].EndsWith(']') || colon == text.IndexOf(':', StringComparison.Ordinal));
        return endsHost ? (text[..colon], text[(colon + 1)..]) : (text, null);
    }

    private static string? ErrorInHost(string text, string host, int defaultPort)
    {
        if (host.Contains(':', StringComparison.Ordinal) || host.StartsWith('['))
        {
            string bare = host is ['[', .. var inside, ']'] ? inside : host;
            bool isIPv6 = !bare.StartsWith('[')
                && IPAddress.TryParse(bare, out IPAddress? ip)
                && ip.AddressFamily == AddressFamily.InterNetworkV6;
            return isIPv6 ? null : $"'{text}' is not an address: write HOST:PORT or [IPV6]:PORT, as in [::1]:{defaultPort}";
        }

        if (host.Length == 0)
        {
            return $"'{text}' has no host: write 127.0.0.1:{defaultPort}";
        }

        if (host.StartsWith('-'))
        {
            return $"Unknown option '{host}'";
        }

        // The system would take a lone number for an IPv4 address written as one integer.
        if (host.All(char.IsAsciiDigit))
        {
            return $"'{host}' has no host: write 127.0.0.1:{host}";
        }

        return Uri.CheckHostName(host) == UriHostNameType.Unknown ? $"'{host}' is not a host name or an address" : null;
    }
}
