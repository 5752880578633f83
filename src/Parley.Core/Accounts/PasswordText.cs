using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Parley.Core.Accounts;

/// <summary>Makes the same text of a password however it was typed, so far as that can be done here: a part of SASLprep.</summary>
/// <remarks>
/// Done, of https://www.rfc-editor.org/rfc/rfc4013#section-2: spaces of any kind become U+0020 and invisible joiners go
/// (2.1); controls, private use, surrogates, noncharacters and other characters without a glyph are refused (2.3). Not done:
/// normalization to NFKC (2.2), as this server runs without the tables of Unicode, and the checks of right-to-left text
/// (2.4). So a password that NFKC would change works with PLAIN from clients that send it as it was set, and not with
/// SCRAM from clients that normalize. ASCII is never changed.
/// </remarks>
public static class PasswordText
{
    /// <summary>Prepares a password; false if it has characters that no password may have, or nothing is left of it.</summary>
    public static bool TryPrepare(string password, [NotNullWhen(true)] out string? prepared)
    {
        prepared = null;
        var text = new StringBuilder(password.Length);
        for (var at = 0; at < password.Length;)
        {
            if (!Rune.TryGetRuneAt(password, at, out var rune) || IsProhibited(rune))
            {
                return false;
            }

            at += rune.Utf16SequenceLength;
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator)
            {
                text.Append(' ');
            }
            else if (!IsMappedToNothing(rune.Value))
            {
                text.Append(rune.ToString());
            }
        }

        prepared = text.Length > 0 ? text.ToString() : null;
        return prepared is not null;
    }

    // RFC 3454, B.1.
    private static bool IsMappedToNothing(int value) =>
        value is 0x00AD or 0x034F or 0x1806 or (>= 0x180B and <= 0x180D) or (>= 0x200B and <= 0x200D) or 0x2060 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    // RFC 3454, C.2 to C.9, by category where the tables are those of a category.
    private static bool IsProhibited(Rune rune) => !IsMappedToNothing(rune.Value) && (Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => rune.Value is (>= 0xFFF9 and <= 0xFFFD) or (>= 0x2FF0 and <= 0x2FFB) or 0x0340 or 0x0341,
    } || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF);
}
