using System.Globalization;
using System.Text;
using Parley.Protocol.Framing;

namespace Parley.Cli.Chat.Screen.Text;

/// <summary>Text as cells: where one character ends as people see it, and how wide it is.</summary>
internal static class CellText
{
    private const int EmojiPresentation = 0xFE0F;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>Text that is fit for the screen: without line breaks, control characters, and marks that turn the writing around.</summary>
    public static string Clean(string text) =>
        text.Any(c => c == '\t' || Utf8Text.IsUnsafe(c))
            ? string.Concat(text.Where(c => !Utf8Text.IsUnsafe(c)).Select(c => c == '\t' ? ' ' : c))
            : text;

    public static IEnumerable<Cell> Of(string text, Style style)
    {
        for (int at = 0; at < text.Length;)
        {
            int length = LengthAt(text, at);
            string cluster = text.Substring(at, length);
            at += length;
            int width = WidthOfCluster(cluster);
            if (width > 0)
            {
                yield return new Cell(cluster, width, style);
            }
        }
    }

    /// <summary>Returns the number of cells that the text covers.</summary>
    public static int WidthOf(string text)
    {
        int width = 0;
        for (int at = 0; at < text.Length;)
        {
            int length = LengthAt(text, at);
            width += WidthOfCluster(text.AsSpan(at, length));
            at += length;
        }

        return width;
    }

    /// <summary>The length in chars of the character that starts there.</summary>
    public static int LengthAt(string text, int at) => StringInfo.GetNextTextElementLength(text, at);

    /// <summary>Where the character before that place starts.</summary>
    public static int StartBefore(string text, int end)
    {
        int start = 0;
        for (int at = 0; at < end; at += LengthAt(text, at))
        {
            start = at;
        }

        return start;
    }

    private static int WidthOfCluster(ReadOnlySpan<char> cluster)
    {
        Rune.DecodeFromUtf16(cluster, out Rune first, out int used);
        int width = WidthOfRune(first);
        if (width != 1)
        {
            return width;
        }

        // A base, and what joins it: two regional indicators are a flag, the selector makes a sign a picture.
        foreach (Rune rune in cluster[used..].EnumerateRunes())
        {
            if (rune.Value is EmojiPresentation or ZeroWidthJoiner || IsRegionalIndicator(rune))
            {
                return 2;
            }

            width += Rune.IsLetter(rune) ? 1 : 0;
        }

        return width;
    }

    private static int WidthOfRune(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return rune.Value is < 0x20 or (>= 0x7F and < 0xA0) ? 0 : 1;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => 0,
            _ => WideRanges.Contains(rune) ? 2 : 1,
        };
    }

    private static bool IsRegionalIndicator(Rune rune) => rune.Value is >= 0x1F1E6 and <= 0x1F1FF;
}
