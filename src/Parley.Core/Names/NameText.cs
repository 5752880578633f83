using System.Text;

namespace Parley.Core.Names;

/// <summary>Name that has letters beyond ASCII, in the one spelling that it is kept in, and folded.</summary>
/// <remarks>
/// The UsernameCaseMapped profile (https://www.rfc-editor.org/rfc/rfc8265#section-3.3): letters of usual width, small letters, NFC, and
/// the rule for right-to-left names. As spelled, it is the same but for the small letters. Stricter than the profile are: one script
/// only, but for those that are written together (https://www.unicode.org/reports/tr39/#Restriction_Level_Detection, highly
/// restrictive), digits of one kind, and marks in their place (https://www.unicode.org/reports/tr39/#Optional_Detection).
/// </remarks>
internal static class NameText
{
    /// <summary>Letters of a text that is looked at: the longest room name has fewer, however it is composed.</summary>
    private const int MaxLetters = 256;

    /// <summary>Most marks in a row.</summary>
    private const int MaxMarks = 4;

    /// <summary>Makes a name of a text; or says why it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rule">The rule for names of users, or that of rooms.</param>
    /// <param name="value">The name as it is spelled.</param>
    /// <param name="key">The name folded.</param>
    public static NameFault TryMake(ReadOnlySpan<char> text, NameRule rule, out string value, out string key)
    {
        (value, key) = ("", "");
        var letters = new List<int>(text.Length);
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != System.Buffers.OperationStatus.Done || letters.Count == MaxLetters)
            {
                return NameFault.Form;
            }

            letters.Add(LetterTable.Width(rune.Value));
            text = text[used..];
        }

        letters = NormalForm.Compose(letters);
        if (Check(letters, rule) is var fault and not NameFault.None)
        {
            return fault;
        }

        var small = new List<int>(letters.Count + 1);
        foreach (var letter in letters)
        {
            AppendSmall(letter, small);
        }

        // Folded, a name may be longer, by a mark, too (U+0130 is two then); and is a name as well.
        small = NormalForm.Compose(small);
        if (Check(small, rule) is var foldedFault and not NameFault.None)
        {
            return foldedFault;
        }

        (value, key) = (Text(letters), Text(small));
        return rule.HasLength(letters.Count, Encoding.UTF8.GetByteCount(value)) && rule.HasLength(small.Count, Encoding.UTF8.GetByteCount(key))
            ? NameFault.None
            : NameFault.Form;
    }

    /// <summary>Appends a letter's small letter, or the letter itself.</summary>
    public static void AppendSmall(int letter, List<int> small)
    {
        if (letter is >= 'A' and <= 'Z')
        {
            small.Add(letter | 0x20);
        }
        else if (LetterTable.Small(letter) is { } several)
        {
            small.AddRange(several);
        }
        else
        {
            small.Add(letter);
        }
    }

    /// <summary>Writes code points as a text.</summary>
    public static string Text(List<int> letters)
    {
        var length = 0;
        foreach (var letter in letters)
        {
            length += new Rune(letter).Utf16SequenceLength;
        }

        return string.Create(length, letters, static (text, letters) =>
        {
            foreach (var letter in letters)
            {
                text = text[new Rune(letter).EncodeToUtf16(text)..];
            }
        });
    }

    private static NameFault Check(List<int> letters, NameRule rule)
    {
        var (scripts, system, marks) = (ScriptSet.All, -1, 0);
        var (hasLeft, hasRight) = (false, false);
        var (first, last) = (LetterKind.Other, LetterKind.Other);
        for (var i = 0; i < letters.Count; i++)
        {
            var letter = letters[i];
            var (kind, of, zero) = letter < 0x80 ? OfAscii(letter) : default;
            if (letter < 0x80 ? !rule.Allows((char)letter) : !LetterTable.TryFind(letter, out kind, out of, out zero))
            {
                return NameFault.Form;
            }

            marks = kind == LetterKind.Mark ? marks + 1 : 0;
            if (marks > MaxMarks || (marks > 0 && (i == 0 || letters[i - 1] == letter)))
            {
                return NameFault.Marks;
            }

            if (kind == LetterKind.Digit && system >= 0 && system != zero)
            {
                return NameFault.Digits;
            }

            system = kind == LetterKind.Digit ? zero : system;
            scripts = scripts.And(of);
            (hasLeft, hasRight) = (hasLeft || kind == LetterKind.Left, hasRight || kind == LetterKind.Right);
            (first, last) = (i == 0 ? kind : first, kind == LetterKind.Mark ? last : kind);
        }

        return rule.IsOfOneScript && scripts.IsEmpty ? NameFault.Scripts
            : hasRight && (hasLeft || first != LetterKind.Right || last is not (LetterKind.Right or LetterKind.Digit)) ? NameFault.Direction
            : NameFault.None;
    }

    private static (LetterKind Kind, ScriptSet Scripts, int Zero) OfAscii(int letter)
        => char.IsAsciiLetter((char)letter) ? (LetterKind.Left, LetterTable.Latin, 0)
            : char.IsAsciiDigit((char)letter) ? (LetterKind.Digit, ScriptSet.All, '0')
            : (LetterKind.Other, ScriptSet.All, 0);
}
