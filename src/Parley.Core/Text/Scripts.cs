using System.Text;

namespace Parley.Core.Text;

/// <summary>Scripts, as far as search tells them apart.</summary>
internal static class Scripts
{
    // First and last of each range, ascending: Thai, Lao, Tibetan, Myanmar; Hangul's letters; Khmer; New Tai Lue to Balinese;
    // Kana, Bopomofo and ideographs; Yi; Hangul, Javanese and Tai Viet; Hangul's syllables; ideographs beyond the first plane.
    private static readonly int[] Dense =
    [
        0x0E00, 0x109F, 0x1100, 0x11FF, 0x1780, 0x17FF, 0x1950, 0x1B7F, 0x3005, 0x3007, 0x3021, 0x31FF, 0x3400, 0xA4CF,
        0xA960, 0xA9DF, 0xAA60, 0xAADF, 0xAC00, 0xD7FF, 0xF900, 0xFAFF, 0x16F00, 0x18D8F, 0x1AFF0, 0x1B16F, 0x20000, 0x3FFFF,
    ];

    /// <summary>
    /// True if words are written side by side, as in Chinese, Japanese and Thai, or grow endings, as in Korean: then what is
    /// looked for may begin and end anywhere.
    /// </summary>
    public static bool IsDense(Rune rune)
    {
        if (rune.Value < Dense[0])
        {
            return false;
        }

        var index = Array.BinarySearch(Dense, rune.Value);

        // On a border, or between the first and the last of a range.
        return index >= 0 || (~index & 1) == 1;
    }
}
