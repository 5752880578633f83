using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parley.Core.Text;

/// <summary>
/// Text as search compares it, the one place where that is said: words of letters and digits, without formatting, case (fully:
/// ß is ss), accents, width and what is invisible.
/// </summary>
/// <remarks>Indexes hold what this gives. A change MUST come with a migration that has them made anew.</remarks>
public static class FoldedText
{
    private const char VoicedMark = '\u3099';
    private const char SemiVoicedMark = '\u309A';

    /// <summary>
    /// Folds UTF-8 into words with one space before each; the result is how many characters that took. Where a script that
    /// writes words side by side meets another, a word ends.
    /// </summary>
    /// <param name="utf8">Any bytes; what is not UTF-8 only parts words.</param>
    /// <param name="folded">MUST hold twice as many characters as there are bytes.</param>
    public static int Fold(ReadOnlySpan<byte> utf8, Span<char> folded)
    {
        var length = 0;
        var word = Word.None;
        while (!utf8.IsEmpty)
        {
            if (TextFormatting.LengthAt(utf8) is > 0 and var formatting)
            {
                utf8 = utf8[formatting..];
                continue;
            }

            var valid = Rune.DecodeFromUtf8(utf8, out var rune, out var consumed) == OperationStatus.Done;
            utf8 = utf8[consumed..];
            if (valid && IsPassedOver(rune))
            {
                continue;
            }

            if (!valid || !IsOfWord(rune))
            {
                word = Word.None;
                continue;
            }

            if (rune.IsAscii)
            {
                Begin(Word.Plain, ref word, folded, ref length);
                folded[length++] = (char)Rune.ToLowerInvariant(rune).Value;
            }
            else if (FoldingTable.Find(rune) is { } letters)
            {
                foreach (var letter in letters.EnumerateRunes())
                {
                    Put(letter, ref word, folded, ref length);
                }
            }
            else
            {
                Put(Rune.ToLowerInvariant(rune), ref word, folded, ref length);
            }
        }

        return length;
    }

    /// <summary>The folded words of a text, with one space before each.</summary>
    public static string Of(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Span<char> folded = new char[utf8.Length * 2];
        return folded[..Fold(utf8, folded)].ToString();
    }

    private enum Word
    {
        None,
        Plain,
        Dense,
    }

    private static void Put(Rune rune, ref Word word, Span<char> folded, ref int length)
    {
        // What belongs to the letter before it becomes one with it, as those write who have a key for both.
        if (word == Word.Dense && rune.IsBmp && Composed(folded[length - 1], (char)rune.Value) is not '\0' and var composed)
        {
            folded[length - 1] = composed;
            return;
        }

        Begin(Scripts.IsDense(rune) ? Word.Dense : Word.Plain, ref word, folded, ref length);
        length += rune.EncodeToUtf16(folded[length..]);
    }

    private static void Begin(Word kind, ref Word word, Span<char> folded, ref int length)
    {
        if (word != kind)
        {
            folded[length++] = ' ';
            word = kind;
        }
    }

    /// <summary>The letter that two make: a Kana with a sound mark, letters of a syllable of Hangul; '\0' if none.</summary>
    private static char Composed(char first, char second)
    {
        // https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G56669
        const int Vowels = 21;
        const int Finals = 28;
        return (first, second) switch
        {
            ( >= '\u1100' and <= '\u1112', >= '\u1161' and <= '\u1175') => (char)(0xAC00 + ((((first - 0x1100) * Vowels) + second - 0x1161) * Finals)),
            ( >= '\uAC00' and <= '\uD7A3', >= '\u11A8' and <= '\u11C2') when (first - 0xAC00) % Finals == 0 => (char)(first + second - 0x11A7),
            (_, VoicedMark) => WithVoice(first),
            (_, SemiVoicedMark) when IsOfHRow(first) => (char)(first + 2),
            _ => '\0',
        };
    }

    // Hiragana; Katakana has the same order, 0x60 further on. The voiced letter follows its plain one.
    private static char WithVoice(char kana)
    {
        var hiragana = kana >= '\u30A1' ? kana - 0x60 : kana;
        return hiragana switch
        {
            >= 0x304B and <= 0x3061 when hiragana % 2 == 1 => (char)(kana + 1),
            0x3064 or 0x3066 or 0x3068 => (char)(kana + 1),
            0x3046 => (char)(kana + 0x4E),
            _ when IsOfHRow(kana) => (char)(kana + 1),
            _ => '\0',
        };
    }

    private static bool IsOfHRow(char kana) => (kana >= '\u30A1' ? kana - 0x60 : kana) is >= 0x306F and <= 0x307B and var hiragana && (hiragana - 0x306F) % 3 == 0;

    // Accents, points and vowel signs that writing goes without (the same as in eng/search/folding.py), and what nobody sees.
    private static bool IsPassedOver(Rune rune) => rune.Value switch
    {
        < 0xAD => false,
        (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0487) or (>= 0x0591 and <= 0x05C7) or (>= 0x0610 and <= 0x061A) or 0x0640
            or (>= 0x064B and <= 0x065F) or 0x0670 or (>= 0x06D6 and <= 0x06ED) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
            or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F)
            => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.ModifierLetter,
        0x00AD or 0x061C or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E)
            or (>= 0x2060 and <= 0x206F) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xE0000 and <= 0xE01EF) => true,
        _ => false,
    };

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || (!rune.IsAscii && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.PrivateUse
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
