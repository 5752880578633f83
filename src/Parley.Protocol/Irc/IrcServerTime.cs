using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using Parley.Protocol.Values;

namespace Parley.Protocol.Irc;

// https://ircv3.net/specs/extensions/server-time
//
// time  = YYYY-MM-DDThh:mm:ss.sssZ          ; ss is 60 in a leap second

/// <summary>A time as IRC writes it: in UTC, to the millisecond, cut off and not rounded.</summary>
public static class IrcServerTime
{
    /// <summary>Number of bytes that a time takes.</summary>
    public const int Length = 24;

    /// <summary>Where the seconds are, with the colon before them.</summary>
    private const int LeapSecond = 16;

    private const int RoundTripLength = 28;
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Writes a time.</summary>
    public static void Write(DateTimeOffset time, IBufferWriter<byte> output)
    {
        // The round-trip format has a fast path, and is this one but for the four digits too many.
        Span<byte> roundTrip = stackalloc byte[RoundTripLength];
        Utf8Formatter.TryFormat(time.UtcDateTime, roundTrip, out _, new StandardFormat('O'));

        var span = output.GetSpan(Length)[..Length];
        roundTrip[..(Length - 1)].CopyTo(span);
        span[^1] = (byte)'Z';
        output.Advance(Length);
    }

    /// <summary>The time as a text.</summary>
    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads a time, as far as <see cref="ClientTime"/> goes; false when it is written in any other way.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        Span<char> digits = stackalloc char[Length];
        time = default;
        if (text.Length != Length)
        {
            return false;
        }

        // A leap second, 23:59:60 of the specification's own example, is the first second of the next day.
        text.CopyTo(digits);
        var isLeap = digits[LeapSecond..].StartsWith(":60.", StringComparison.Ordinal);
        if (isLeap)
        {
            ":59.".CopyTo(digits[LeapSecond..]);
        }

        if (!DateTimeOffset.TryParseExact(digits, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read))
        {
            return false;
        }

        time = ClientTime.From(read).Value;
        time = isLeap ? time.AddSeconds(1) : time;
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out DateTimeOffset)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != Length)
        {
            return false;
        }

        Span<char> chars = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            chars[i] = (char)text[i];
        }

        return TryParse(chars, out time);
    }
}
