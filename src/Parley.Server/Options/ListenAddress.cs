using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Parley.Server.Options;

/// <summary>Where a listener listens: an address and a port, or nowhere.</summary>
public sealed record ListenAddress
{
    private ListenAddress(IPEndPoint? endPoint) => EndPoint = endPoint;

    /// <summary>No listener.</summary>
    public static ListenAddress Off { get; } = new((IPEndPoint?)null);

    /// <summary>The address; port 0 takes a free one. Null if there is no listener.</summary>
    public IPEndPoint? EndPoint { get; }

    /// <summary>This machine only, on that port.</summary>
    public static ListenAddress Loopback(int port) => new(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>That address of this machine.</summary>
    internal static ListenAddress At(IPEndPoint address) => new(address);

    /// <summary>
    /// Reads <c>HOST:PORT</c>, <c>[IPV6]:PORT</c>, <c>*:PORT</c> (every address of the machine), a bare <c>PORT</c>
    /// (this machine only) or <c>off</c>.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        if (string.Equals(text, "off", StringComparison.OrdinalIgnoreCase))
        {
            address = Off;
            return true;
        }

        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "localhost" : text[..colon];
        if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        IPAddress? ip;
        switch (host)
        {
            case "localhost":
                ip = IPAddress.Loopback;
                break;
            case "*":
                ip = IPAddress.IPv6Any;
                break;
            default:
                var isBracketed = host.StartsWith('[') && host.EndsWith(']');
                if (!IPAddress.TryParse(isBracketed ? host[1..^1] : host, out ip)
                    || isBracketed != host.Contains(':', StringComparison.Ordinal)

                    // "1" and "127.1" are addresses to the system, and slips of the finger here.
                    || (!isBracketed && host.Count(character => character == '.') != 3))
                {
                    return false;
                }

                break;
        }

        address = new ListenAddress(new IPEndPoint(ip, port));
        return true;
    }

    /// <summary>The address in the form that is read.</summary>
    public override string ToString() => EndPoint is null ? "off" : EndPoint.Address.Equals(IPAddress.IPv6Any) ? $"*:{EndPoint.Port}" : EndPoint.ToString();
}
