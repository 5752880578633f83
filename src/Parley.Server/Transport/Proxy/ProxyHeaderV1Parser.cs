using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Server.Transport.Proxy;

/// <summary>The first version of the header, one line of text.</summary>
/// <remarks>
/// <code>
/// header  = "PROXY " ( "TCP4" SP ipv4 SP ipv4 SP port SP port / "TCP6" SP ipv6 SP ipv6 SP port SP port / "UNKNOWN" *ANY ) CRLF
/// </code>
/// 107 bytes at most. Source comes before destination. Numbers have no leading zeros, blanks come singly.
/// </remarks>
internal static class ProxyHeaderV1Parser
{
    private const int MaxBytes = 107;

    private const string Unknown = "UNKNOWN";

    public static ReadOnlySpan<byte> Signature => "PROXY "u8;

    /// <summary>Parses bytes that begin with the signature, or with as much of it as there is.</summary>
    /// <returns>Also the length of a complete header.</returns>
    public static (ProxyHeaderStatus Status, int Length) TryParse(ReadOnlySpan<byte> bytes, out ProxyHeader? header)
    {
        header = null;
        var line = bytes[..Math.Min(bytes.Length, MaxBytes)];
        var end = line.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0 || (line[end] == '\r' && end == line.Length - 1 && line.Length < MaxBytes))
        {
            return (line.Length < MaxBytes ? ProxyHeaderStatus.Incomplete : ProxyHeaderStatus.Invalid, 0);
        }

        if (!line[end..].StartsWith("\r\n"u8) || (header = ParseLine(line[..end])) is null)
        {
            return (ProxyHeaderStatus.Invalid, 0);
        }

        return (ProxyHeaderStatus.Complete, end + 2);
    }

    private static ProxyHeader? ParseLine(ReadOnlySpan<byte> line)
    {
        var words = Encoding.Latin1.GetString(line).Split(' ');
        return words switch
        {
            [_, Unknown, ..] => new ProxyHeader(IsForItself: words.Length == 2),
            [_, "TCP4", var source, var destination, var sourcePort, var destinationPort] => Between(AddressFamily.InterNetwork, source, destination, sourcePort, destinationPort),
            [_, "TCP6", var source, var destination, var sourcePort, var destinationPort] => Between(AddressFamily.InterNetworkV6, source, destination, sourcePort, destinationPort),
            _ => null,
        };
    }

    private static ProxyHeader? Between(AddressFamily family, string source, string destination, string sourcePort, string destinationPort)
        => TryParse(family, source, sourcePort) is { } from && TryParse(family, destination, destinationPort) is { } to
            ? new ProxyHeader(from, to)
            : null;

    private static IPEndPoint? TryParse(AddressFamily family, string address, string port)
        => IPAddress.TryParse(address, out var ip)
            && ip.AddressFamily == family

            // The system takes "1" and "010.0.0.1" for addresses, and zones and brackets for parts of one.
            && (family == AddressFamily.InterNetwork ? ip.ToString() == address : address.All(character => char.IsAsciiHexDigit(character) || character is ':' or '.'))
            && ushort.TryParse(port, out var number)
            && number.ToString() == port
                ? new IPEndPoint(ip, number)
                : null;
}
