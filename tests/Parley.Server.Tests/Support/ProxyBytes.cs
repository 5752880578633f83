using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Parley.Server.Tests.Support;

/// <summary>Headers as proxies send them, put together by the words of the specification.</summary>
internal static class ProxyBytes
{
    public const byte Local = 0x20;
    public const byte Proxy = 0x21;

    public static byte[] V1(string source, string destination, int sourcePort = 40000, int destinationPort = 6697)
        => Encoding.ASCII.GetBytes($"PROXY TCP{(source.Contains(':') ? 6 : 4)} {source} {destination} {sourcePort} {destinationPort}\r\n");

    public static byte[] V2(byte command, byte family, params byte[][] block)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)block.Sum(part => part.Length));
        return [.. "\r\n\r\n\0\r\nQUIT\n"u8, command, family, .. length, .. block.SelectMany(part => part)];
    }

    public static byte[] Addresses(string source, string destination, int sourcePort = 40000, int destinationPort = 6697)
        => [.. IPAddress.Parse(source).GetAddressBytes(), .. IPAddress.Parse(destination).GetAddressBytes(), .. Port(sourcePort), .. Port(destinationPort)];

    public static byte[] Value(byte type, params byte[] value) => [type, .. Port(value.Length), .. value];

    public static byte[] Tls(byte client, params byte[][] values) => Value(0x20, [client, 0, 0, 0, 0, .. values.SelectMany(value => value)]);

    /// <summary>The header with the checksum of all of it as one more value at its end.</summary>
    public static byte[] WithChecksum(byte[] header)
    {
        byte[] whole = [.. header, 3, 0, 4, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(whole.AsSpan(14), (ushort)(whole.Length - 16));
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(whole.Length - 4), Crc32C(whole));
        return whole;
    }

    /// <summary>RFC 4960, appendix B, bit by bit: the polynomial 1EDC6F41 mirrored.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        return ~crc;
    }

    private static byte[] Port(int number) => [(byte)(number >> 8), (byte)number];
}
