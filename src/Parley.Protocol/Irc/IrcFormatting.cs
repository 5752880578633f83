using System.Buffers;

namespace Parley.Protocol.Irc;

// https://modern.ircdocs.horse/formatting
//
// color      = %x03 [1*2DIGIT ["," 1*2DIGIT]]
// hex-color  = %x04 [6HEXDIG ["," 6HEXDIG]]
//
// All other formatting is a control code alone.

/// <summary>The formatting that IRC clients put into text.</summary>
public static class IrcFormatting
{
    private const byte Color = 3;
    private const byte HexColor = 4;

    private static readonly SearchValues<byte> Colors = SearchValues.Create(Color, HexColor);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>The text without its colors, which are more than a control code: their digits would stay where that is left out.</summary>
    /// <returns>The text itself if it has none.</returns>
    public static ReadOnlySpan<byte> WithoutColors(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(Colors))
        {
            return text;
        }

        var plain = new ArrayBufferWriter<byte>(text.Length);
        for (int found; (found = text.IndexOfAny(Colors)) >= 0;)
        {
            plain.Write(text[..found]);
            var isHex = text[found] == HexColor;
            text = text[(found + 1)..];
            var foreground = CodeLength(text, isHex);
            if (foreground > 0 && foreground < text.Length && text[foreground] == ',' && CodeLength(text[(foreground + 1)..], isHex) is > 0 and var background)
            {
                foreground += 1 + background;
            }

            text = text[foreground..];
        }

        plain.Write(text);
        return plain.WrittenSpan;
    }

    private static int CodeLength(ReadOnlySpan<byte> text, bool isHex)
    {
        const int HexLength = 6;
        if (isHex)
        {
            return text.Length >= HexLength && !text[..HexLength].ContainsAnyExcept(HexDigits) ? HexLength : 0;
        }

        return text is [>= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', ..] ? 2
            : text is [>= (byte)'0' and <= (byte)'9', ..] ? 1
            : 0;
    }
}
