using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Parley.Net.Sweep;

/// <summary>Spells out the hosts that a text stands for.</summary>
/// <remarks>
/// <code>
/// target  = address / range / network / name
/// range   = ipv4 "-" (number / ipv4)     ; 127.0.0.1-40 up to 127.0.0.40, 10.0.0.250-10.0.1.5
/// network = address "/" number           ; 127.0.0.0/28: its hosts, so of IPv4 not the first and last address
/// address = ipv4 / ipv6                  ; four numbers; ::1, in brackets or not, with %zone or not
/// </code>
/// </remarks>
public static class TargetParser
{
    /// <summary>Reads a target that stands for at most so many hosts; when it cannot, <paramref name="error"/> says what to write.</summary>
    public static bool TryParse(
        string text,
        int maxTargets,
        [NotNullWhen(true)] out IReadOnlyList<SweepTarget>? targets,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTargets, 1);
        targets = null;
        if (!TryParseRange(text, out AddressRange? range, out error))
        {
            return false;
        }

        if (range is { } addresses)
        {
            if (addresses.Count > (uint)maxTargets)
            {
                error = string.Create(CultureInfo.InvariantCulture, $"'{text}' is {addresses.Count} addresses, more than {maxTargets}: give a smaller range");
                return false;
            }

            targets = [.. addresses.Enumerate().Select(one => new SweepTarget(one.ToString(), one))];
            return true;
        }

        if (TryParseAddress(text, out IPAddress? address))
        {
            targets = [new SweepTarget(address.ToString(), address)];
            return true;
        }

        error = HostName.ErrorIn(text);
        targets = error is null ? [new SweepTarget(text, null)] : null;
        return error is null;
    }

    // False: it was meant as a range and is none. True without a range: it was not meant as one.
    private static bool TryParseRange(string text, out AddressRange? range, [NotNullWhen(false)] out string? error)
    {
        range = null;
        error = null;
        if (text.Contains('/', StringComparison.Ordinal))
        {
            if (text.Split('/') is not [var start, var bits]
                || !TryParseAddress(start, out IPAddress? address)
                || !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
            {
                error = $"'{text}' is not a network: write ADDRESS/BITS, as in 127.0.0.0/28";
                return false;
            }

            range = AddressRange.Hosts(NetworkOf(address, length));
            return true;
        }

        // A name may have a dash, too: what starts with an address is meant as a range.
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !TryParseAddress(text[..dash], out IPAddress? first))
        {
            return true;
        }

        if (TryParseEnd(first, text[(dash + 1)..], out IPAddress? last))
        {
            range = AddressRange.Between(first, last);
        }

        if (range is not { } addresses || addresses.First > addresses.Last)
        {
            error = $"'{text}' is not a range: write FIRST-LAST with the smaller first, as in 127.0.0.1-40 or 127.0.0.1-127.0.1.20";
            return false;
        }

        return true;
    }

    private static bool TryParseEnd(IPAddress first, string text, [NotNullWhen(true)] out IPAddress? last)
    {
        last = null;
        if (first.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }

        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
        {
            byte[] bytes = first.GetAddressBytes();
            bytes[3] = number;
            last = new IPAddress(bytes);
            return true;
        }

        return TryParseAddress(text, out last) && last.AddressFamily == AddressFamily.InterNetwork;
    }

    private static IPNetwork NetworkOf(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        string bare = text is ['[', .. var inside, ']'] && inside.Contains(':', StringComparison.Ordinal) ? inside : text;

        // The system also takes 1.2.3, 42, 0x7f000001 and [::1]:80 for addresses: nobody means them.
        bool looksRight = (bare.Contains(':', StringComparison.Ordinal) && !bare.Contains('[', StringComparison.Ordinal))
            || bare.Count(c => c == '.') == 3;
        address = null;
        return looksRight && IPAddress.TryParse(bare, out address);
    }
}
