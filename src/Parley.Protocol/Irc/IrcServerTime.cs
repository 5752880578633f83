using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace Parley.Protocol.Irc;

// https://ircv3.net/specs/extensions/server-time
//
// time  = YYYY-MM-DDThh:mm:ss.sssZ

/// <summary>A time as IRC writes it: in UTC, to the millisecond, cut off and not rounded.</summary>
public static class IrcServerTime
{
    /// <summary>How many bytes a time takes.</summary>
    public const int Length = 24;

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

    /// <summary>Reads a time; false when it is written in any other way.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
        => DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>Reads a time; false when it is written in any other way.</summary>
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

        return DateTimeOffset.TryParseExact(chars, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
