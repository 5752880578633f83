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
        if (name.IsAscii)
        {
            return OfAscii(name.Value);
        }

        // Sigma has two small letters and one capital: a name with any of them is compared by its small letters, all of one kind.
        var text = name.Key.AsSpan().ContainsAny(Sigma, FinalSigma) ? name.Key.Replace(FinalSigma, Sigma) : name.Value;
        var letters = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            letters.Add(rune.Value);
        }

        var looks = new List<int>(text.Length + 4);
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

    /// <summary>The skeleton of a name of ASCII: the name itself where each letter is its own look.</summary>
    private static string OfAscii(string name)
    {
        var (length, isOwn) = (0, true);
        foreach (var letter in name)
        {
            var (first, second) = LookOfAscii(letter);
            length += second == 0 ? 1 : 2;
            isOwn &= first == letter;
        }

        return isOwn ? name : string.Create(length, name, static (looks, name) =>
        {
            var end = 0;
            foreach (var letter in name)
            {
                var (first, second) = LookOfAscii(letter);
                looks[end++] = (char)first;
                if (second != 0)
                {
                    looks[end++] = (char)second;
                }
            }
        });
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
    private static (int First, int Second) LookOfAscii(int letter) => letter switch
    {
        'I' or '1' or '|' or '\\' => ('l', 0),
        '0' => ('o', 0),
        'm' => ('r', 'n'),
        '`' => ('\'', 0),
        '{' or '}' => (letter - 0x20, 0),
        >= 'A' and <= 'Z' => (letter | 0x20, 0),
        _ => (letter, 0),
    };

    private static void AddAscii(int letter, List<int> looks)
    {
        var (first, second) = LookOfAscii(letter);
        looks.Add(first);
        if (second != 0)
        {
            looks.Add(second);
        }
    }
}
