using System.Buffers.Binary;
using System.Net;
using System.Numerics;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Transport.Proxy;

/// <summary>The second version of the header, in binary. Numbers are in network order.</summary>
/// <remarks>
/// <code>
/// header    = signature version-command family-protocol length block     ; 12, 1, 1, 2 and length bytes
/// block     = [ source destination source-port destination-port ] *tlv   ; 4 or 16 bytes each, 2 bytes each
/// tlv       = type length value                                          ; 1, 2 and length bytes
/// tls value = client verify *tlv                                         ; 1 and 4 bytes
/// </code>
/// </remarks>
internal static class ProxyHeaderV2Parser
{
    /// <summary>More than all that is defined for the block, with room for a proxy's own.</summary>
    public const int MaxBytes = 4096;

    private const int FixedBytes = 16;

    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Parses bytes that begin with the signature, or with as much of it as there is.</summary>
    /// <returns>Also the length of a complete header.</returns>
    public static (ProxyHeaderStatus Status, int Length) TryParse(ReadOnlySpan<byte> bytes, out ProxyHeader? header)
    {
        header = null;
        if ((bytes.Length > 12 && bytes[12] is not (Command.Local or Command.Proxy))
            || (bytes.Length > 13 && bytes[12] == Command.Proxy && (bytes[13] >> 4 > Family.Unix || (bytes[13] & 0xF) > Family.Datagram)))
        {
            return (ProxyHeaderStatus.Invalid, 0);
        }

        if (bytes.Length < FixedBytes)
        {
            return (ProxyHeaderStatus.Incomplete, 0);
        }

        var length = FixedBytes + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (length > MaxBytes)
        {
            return (ProxyHeaderStatus.Invalid, 0);
        }

        if (bytes.Length < length)
        {
            return (ProxyHeaderStatus.Incomplete, 0);
        }

        header = Parse(bytes[..length]);
        return header is null ? (ProxyHeaderStatus.Invalid, 0) : (ProxyHeaderStatus.Complete, length);
    }

    private static ProxyHeader? Parse(ReadOnlySpan<byte> header)
    {
        if (header[12] == Command.Local)
        {
            // Whatever else the header says of a family and addresses MUST be passed over.
            return new ProxyHeader(IsForItself: true);
        }

        var block = header[FixedBytes..];
        var addressBytes = (header[13] >> 4) switch { Family.Internet => 4, Family.Internet6 => 16, Family.Unix => 108, _ => 0 };
        var portBytes = addressBytes is 4 or 16 ? 2 : 0;
        var skip = 2 * (addressBytes + portBytes);
        if (block.Length < skip || !TryParseValues(header, block[skip..], out var tls))
        {
            return null;
        }

        // Others may come, and say nothing that could be used.
        return header[13] is Family.TcpOver4 or Family.TcpOver6
            ? new ProxyHeader(EndPointAt(block, 0, addressBytes), EndPointAt(block, 1, addressBytes), tls)
            : new ProxyHeader(Tls: tls);
    }

    private static IPEndPoint EndPointAt(ReadOnlySpan<byte> block, int index, int addressBytes) => new(
        new IPAddress(block.Slice(index * addressBytes, addressBytes)),
        BinaryPrimitives.ReadUInt16BigEndian(block[((2 * addressBytes) + (2 * index))..]));

    /// <summary>Reads what follows the addresses. False if it is not cut right, or its checksum is not that of the header.</summary>
    private static bool TryParseValues(ReadOnlySpan<byte> header, ReadOnlySpan<byte> values, out TlsSession? tls)
    {
        tls = null;
        while (!values.IsEmpty)
        {
            if (!TryTake(ref values, out var type, out var value)
                || (type == ValueType.Checksum && !IsChecksum(header, value, header.Length - values.Length - value.Length))
                || (type == ValueType.Tls && !TryParseTls(value, out tls)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> values, out byte type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (values.Length < 3)
        {
            return false;
        }

        var end = 3 + BinaryPrimitives.ReadUInt16BigEndian(values[1..]);
        if (values.Length < end)
        {
            return false;
        }

        type = values[0];
        value = values[3..end];
        values = values[end..];
        return true;
    }

    private static bool TryParseTls(ReadOnlySpan<byte> value, out TlsSession? tls)
    {
        tls = null;
        if (value.Length < 5)
        {
            return false;
        }

        var isEncrypted = (value[0] & 1) != 0;
        var (protocol, cipher) = ("", "");
        for (var values = value[5..]; !values.IsEmpty;)
        {
            if (!TryTake(ref values, out var type, out var text))
            {
                return false;
            }

            (protocol, cipher) = type switch
            {
                ValueType.TlsVersion => (Printable(text), cipher),
                ValueType.TlsCipher => (protocol, Printable(text)),
                _ => (protocol, cipher),
            };
        }

        tls = isEncrypted ? new TlsSession(protocol, cipher) : null;
        return true;
    }

    /// <summary>Others are shown these words.</summary>
    private static string Printable(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[Math.Min(text.Length, 64)];
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = text[i] is > 0x20 and < 0x7F ? (char)text[i] : '?';
        }

        return characters.ToString();
    }

    /// <summary>CRC32c of the whole header, as if the checksum itself were 0.</summary>
    private static bool IsChecksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> checksum, int position)
    {
        var computed = uint.MaxValue;
        for (var i = 0; i < header.Length; i++)
        {
            computed = BitOperations.Crc32C(computed, i >= position && i < position + sizeof(uint) ? (byte)0 : header[i]);
        }

        return checksum.Length == sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(checksum) == ~computed;
    }

    private static class Command
    {
        public const byte Local = 0x20;
        public const byte Proxy = 0x21;
    }

    private static class Family
    {
        public const int Internet = 1;
        public const int Internet6 = 2;
        public const int Unix = 3;
        public const int Datagram = 2;
        public const byte TcpOver4 = 0x11;
        public const byte TcpOver6 = 0x21;
    }

    private static class ValueType
    {
        public const byte Checksum = 0x03;
        public const byte Tls = 0x20;
        public const byte TlsVersion = 0x21;
        public const byte TlsCipher = 0x23;
    }
}
