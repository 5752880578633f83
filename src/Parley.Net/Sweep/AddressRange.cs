using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Parley.Net.Sweep;

/// <summary>Addresses of one family from the first to the last, as numbers; a range knows its size before it is spelled out.</summary>
internal readonly record struct AddressRange(AddressFamily Family, UInt128 First, UInt128 Last)
{
    /// <summary>Number of addresses; for the whole of IPv6, one less than the actual number.</summary>
    public UInt128 Count => Last - First == UInt128.MaxValue ? UInt128.MaxValue : Last - First + 1;

    /// <summary>The addresses from one to another, which must be of its family.</summary>
    public static AddressRange Between(IPAddress first, IPAddress last) =>
        new(first.AddressFamily, ToNumber(first), ToNumber(last));

    /// <summary>The hosts of a network: of IPv4 without its own address and that of its broadcast, if it has more than two.</summary>
    public static AddressRange Hosts(IPNetwork network)
    {
        AddressFamily family = network.BaseAddress.AddressFamily;
        int hostBits = (family == AddressFamily.InterNetwork ? 32 : 128) - network.PrefixLength;
        UInt128 mask = hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
        UInt128 first = ToNumber(network.BaseAddress);
        bool hasBroadcast = family == AddressFamily.InterNetwork && hostBits > 1;
        return hasBroadcast
            ? new AddressRange(family, first + 1, (first | mask) - 1)
            : new AddressRange(family, first, first | mask);
    }

    /// <summary>The addresses, in order.</summary>
    public IEnumerable<IPAddress> Enumerate()
    {
        for (UInt128 number = First; number < Last; number++)
        {
            yield return ToAddress(number);
        }

        yield return ToAddress(Last);
    }

    private static UInt128 ToNumber(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private IPAddress ToAddress(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(Family == AddressFamily.InterNetwork ? bytes[12..] : bytes);
    }
}
