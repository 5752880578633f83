using System.Buffers;
using System.Text;

namespace Parley.Core.Names;

// https://modern.ircdocs.horse/#wildcard-expressions
//
// pattern = *( "*" / "?" / "\*" / "\?" / "\\" / CHAR )      ; any other backslash is itself

/// <summary>Patterns with <c>*</c> for any characters and <c>?</c> for one: those of bans, such as <c>*!*@*.example.com</c>, and of lists.</summary>
public static class Glob
{
    /// <summary>True if the whole text is of the pattern's form; letters are compared without case.</summary>
    /// <remarks>It takes steps of the order of both lengths multiplied, and no more, whatever the pattern.</remarks>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t) = (0, 0);
        var (afterStar, retry) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                // An earlier star needs no second try: whatever it might take, this one can.
                (afterStar, retry) = (++p, t);
            }
            else if (MatchesOne(pattern[p..], text[t..], out var ofPattern, out var ofText))
            {
                p += ofPattern;
                t += ofText;
            }
            else if (afterStar >= 0)
            {
                p = afterStar;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }

    private static bool MatchesOne(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, out int ofPattern, out int ofText)
    {
        (ofPattern, ofText) = (1, 1);
        if (pattern.IsEmpty)
        {
            return false;
        }

        if (pattern[0] == '?')
        {
            // One character, though it be two in UTF-16.
            ofText = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
            return true;
        }

        if (Rune.DecodeFromUtf16(pattern, out var letter, out ofPattern) == OperationStatus.Done && ofPattern == 2)
        {
            return Rune.DecodeFromUtf16(text, out var other, out ofText) == OperationStatus.Done && Rune.ToLowerInvariant(letter) == Rune.ToLowerInvariant(other);
        }

        (ofPattern, ofText) = (pattern is ['\\', '*' or '?' or '\\', ..] ? 2 : 1, 1);
        return AreSame(pattern[ofPattern - 1], text[0]);
    }

    private static bool AreSame(char a, char b)
        => a == b || (char.IsAscii(a) || char.IsAscii(b) ? (a ^ b) == 0x20 && char.IsAsciiLetter(a) : char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
