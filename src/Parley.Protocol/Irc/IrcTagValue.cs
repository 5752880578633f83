using System.Buffers;
using System.Text;

namespace Parley.Protocol.Irc;

// https://ircv3.net/specs/extensions/message-tags#escaping-values
//
//   ;  \:      SP  \s      \  \\      CR  \r      LF  \n
//
// A backslash before any other octet, or before nothing, stands for nothing, and that octet for itself.

/// <summary>Escapes the values of tags, and back.</summary>
public static class IrcTagValue
{
    private const string Special = "; \\\r\n\0";

    private static readonly SearchValues<byte> SpecialBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Special));
    private static readonly SearchValues<char> SpecialChars = SearchValues.Create(Special);

    /// <summary>Writes a UTF-8 value escaped; NUL, which no value can hold, is left out.</summary>
    public static void Escape(ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        for (int found; (found = value.IndexOfAny(SpecialBytes)) >= 0; value = value[(found + 1)..])
        {
            output.Write(value[..found]);
            output.Write(Escaped((char)value[found]));
        }

        output.Write(value);
    }

    /// <summary>Writes a value escaped; NUL, which no value can hold, is left out.</summary>
    public static void Escape(ReadOnlySpan<char> value, IBufferWriter<byte> output)
    {
        for (int found; (found = value.IndexOfAny(SpecialChars)) >= 0; value = value[(found + 1)..])
        {
            LineSafeText.Write(value[..found], output);
            output.Write(Escaped(value[found]));
        }

        LineSafeText.Write(value, output);
    }

    /// <summary>Undoes the escapes, and says how many bytes the value has: never more than it had before.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the raw value.</exception>
    public static int Unescape(ReadOnlySpan<byte> rawValue, Span<byte> destination)
    {
        if (destination.Length < rawValue.Length)
        {
            throw new ArgumentException("The destination must be as long as the raw value.", nameof(destination));
        }

        var written = 0;
        for (int found; (found = rawValue.IndexOf((byte)'\\')) >= 0; rawValue = rawValue[Math.Min(found + 2, rawValue.Length)..])
        {
            rawValue[..found].CopyTo(destination[written..]);
            written += found;
            if (found + 1 < rawValue.Length)
            {
                destination[written++] = Unescaped(rawValue[found + 1]);
            }
        }

        rawValue.CopyTo(destination[written..]);
        return written + rawValue.Length;
    }

    /// <summary>Undoes the escapes; what is not UTF-8 becomes U+FFFD.</summary>
    public static string Unescape(ReadOnlySpan<byte> rawValue)
    {
        if (!rawValue.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(rawValue);
        }

        var value = ArrayPool<byte>.Shared.Rent(rawValue.Length);
        try
        {
            return Encoding.UTF8.GetString(value, 0, Unescape(rawValue, value));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(value);
        }
    }

    private static ReadOnlySpan<byte> Escaped(char special) => special switch
    {
        ';' => "\\:"u8,
        ' ' => "\\s"u8,
        '\\' => "\\\\"u8,
        '\r' => "\\r"u8,
        '\n' => "\\n"u8,
        _ => default,
    };

    private static byte Unescaped(byte escape) => escape switch
    {
        (byte)':' => (byte)';',
        (byte)'s' => (byte)' ',
        (byte)'r' => (byte)'\r',
        (byte)'n' => (byte)'\n',
        _ => escape,
    };
}
