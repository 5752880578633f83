using System.Buffers;
using System.Text;

namespace Parley.Core.Text;

// https://modern.ircdocs.horse/formatting
//
// formatting = color / hex-color / toggle
// color      = %x03 [1*2DIGIT ["," 1*2DIGIT]]
// hex-color  = %x04 [6HEXDIG ["," 6HEXDIG]]
// toggle     = %x02 / %x0F / %x11 / %x16 / %x1D / %x1E / %x1F

/// <summary>The formatting that clients put into text: colors, bold, italics and the like.</summary>
public static class TextFormatting
{
    private const byte Color = 3;
    private const byte HexColor = 4;
    private const int HexLength = 6;

    private static readonly SearchValues<byte> Codes = SearchValues.Create(0x02, Color, HexColor, 0x0F, 0x11, 0x16, 0x1D, 0x1E, 0x1F);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>The text as people read it.</summary>
    /// <returns>The text itself if it has no formatting.</returns>
    public static ReadOnlySpan<byte> Remove(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(Codes))
        {
            return text;
        }

        var plain = new ArrayBufferWriter<byte>(text.Length);
        for (int found; (found = text.IndexOfAny(Codes)) >= 0;)
        {
            plain.Write(text[..found]);
            text = text[(found + LengthAt(text[found..]))..];
        }

        plain.Write(text);
        return plain.WrittenSpan;
    }

    /// <inheritdoc cref="Remove(ReadOnlySpan{byte})"/>
    public static string Remove(string text) => text.Any(char.IsControl) ? Encoding.UTF8.GetString(Remove(Encoding.UTF8.GetBytes(text))) : text;

    /// <summary>Returns the length in bytes of the one formatting code that a text begins with; 0 if it begins with none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !Codes.Contains(text[0]))
        {
            return 0;
        }

        if (text[0] is not (Color or HexColor))
        {
            return 1;
        }

        var isHex = text[0] == HexColor;
        var length = 1 + ColorLength(text[1..], isHex);
        return length > 1 && length < text.Length && text[length] == ',' && ColorLength(text[(length + 1)..], isHex) is > 0 and var background
            ? length + 1 + background
            : length;
    }

    private static int ColorLength(ReadOnlySpan<byte> text, bool isHex)
    {
        if (isHex)
        {
            return text.Length >= HexLength && !text[..HexLength].ContainsAnyExcept(HexDigits) ? HexLength : 0;
        }

        return text is [>= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', ..] ? 2
            : text is [>= (byte)'0' and <= (byte)'9', ..] ? 1
            : 0;
    }
}
