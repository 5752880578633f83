namespace Parley.Core.Names;

/// <summary>Visual form of a name: two names that readers may take for each other have the same skeleton.</summary>
/// <remarks>
/// The skeleton of Unicode TR39 (https://www.unicode.org/reports/tr39/#Confusable_Detection), with case folded behind it:
/// <c>paypaI</c> and <c>paypal</c>, <c>rn</c> and <c>m</c>, <c>O</c> and <c>0</c>. The capital I looks like a small L, so it is the name as
/// it is spelled that is asked about. Characters that clients of IRC may take for one another, as the protocol once did
/// (https://modern.ircdocs.horse/#casemapping-parameter), have one look, too.
/// </remarks>
public static class NameSkeleton
{
    // Letters of their own to RFC 8265, and the same to whoever reads them.
    private const char Sigma = '\u03C3';
    private const char FinalSigma = '\u03C2';

    /// <summary>The skeleton of a name.</summary>
    public static string Of(UserName name)
    {
        var looks = new List<int>(name.Value.Length + 4);
        if (name.IsAscii)
        {
            foreach (var letter in name.Value)
            {
                AddAscii(letter, looks);
            }

            return NameText.Text(looks);
        }

        // Sigma has two small letters and one capital: a name with any of them is compared by its small letters, all of one kind.
        var text = name.Key.AsSpan().ContainsAny(Sigma, FinalSigma) ? name.Key.Replace(FinalSigma, Sigma) : name.Value;
        var letters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            letters.Add(rune.Value);
        }

        foreach (var letter in NormalForm.Decompose(letters))
        {
            if (letter < 0x80)
            {
                AddAscii(letter, looks);
            }
            else
            {
                AddLook(letter, looks);
            }
        }

        return NameText.Text(NormalForm.Decompose(looks));
    }

    private static void AddLook(int letter, List<int> looks)
    {
        foreach (var look in LetterTable.Look(letter) ?? [letter])
        {
            if (look < 0x80)
            {
                // A prototype: 'l' of 'I', and 'rn' of 'm'.
                AddAscii(look, looks);
            }
            else
            {
                NameText.AppendSmall(look, looks);
            }
        }
    }

    // The lines of confusables.txt whose source is of ASCII, and those that IRC's oldest case mapping folds.
    private static void AddAscii(int letter, List<int> looks)
    {
        switch (letter)
        {
            case 'I' or '1' or '|' or '\\':
                looks.Add('l');
                break;
            case '0':
                looks.Add('o');
                break;
            case 'm':
                looks.Add('r');
                looks.Add('n');
                break;
            case '`':
                looks.Add('\'');
                break;
            case '{' or '}':
                looks.Add(letter - 0x20);
                break;
            case >= 'A' and <= 'Z':
                looks.Add(letter | 0x20);
                break;
            default:
                looks.Add(letter);
                break;
        }
    }
}
