namespace Parley.Core.Names;

/// <summary>Normalization of names: the same letters, however they were typed, become the same code points.</summary>
/// <remarks>https://www.unicode.org/reports/tr15/, for the letters of <see cref="LetterTable"/>; others stay as they are.</remarks>
internal static class NormalForm
{
    // https://www.unicode.org/versions/latest/core-spec/chapter-3/#G24646
    private const int HangulFirst = 0xAC00, HangulLeads = 0x1100, HangulVowels = 0x1161, HangulTrails = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28;

    /// <summary>Takes letters apart into those they are composed of, marks in canonical order (NFD).</summary>
    public static List<int> Decompose(IReadOnlyList<int> letters)
    {
        var parts = new List<int>(letters.Count + 8);
        foreach (var letter in letters)
        {
            var syllable = letter - HangulFirst;
            if (syllable is >= 0 and < LeadCount * VowelCount * TrailCount)
            {
                parts.Add(HangulLeads + (syllable / (VowelCount * TrailCount)));
                parts.Add(HangulVowels + (syllable / TrailCount % VowelCount));
                if (syllable % TrailCount is > 0 and var trail)
                {
                    parts.Add(HangulTrails + trail);
                }
            }
            else if (LetterTable.Decomposition(letter) is { } decomposition)
            {
                parts.AddRange(decomposition);
            }
            else
            {
                parts.Add(letter);
            }
        }

        SortMarks(parts);
        return parts;
    }

    /// <summary>Puts letters together that have a common one (NFC).</summary>
    public static List<int> Compose(IReadOnlyList<int> letters)
    {
        var parts = Decompose(letters);
        var composed = new List<int>(parts.Count);
        var (starter, lastClass) = (-1, 0);
        foreach (var part in parts)
        {
            var markClass = LetterTable.MarkClass(part);

            // A mark of the same class, or a letter, between the two keeps them apart.
            var isBlocked = starter < composed.Count - 1 && (lastClass == 0 || lastClass >= markClass);
            if (starter >= 0 && !isBlocked && Pair(composed[starter], part) is > 0 and var both)
            {
                composed[starter] = both;
                continue;
            }

            if (markClass == 0)
            {
                starter = composed.Count;
            }

            lastClass = markClass;
            composed.Add(part);
        }

        return composed;
    }

    private static int Pair(int first, int second)
    {
        var (lead, vowel) = (first - HangulLeads, second - HangulVowels);
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            return HangulFirst + (((lead * VowelCount) + vowel) * TrailCount);
        }

        var (syllable, trail) = (first - HangulFirst, second - HangulTrails);
        return syllable is >= 0 and < LeadCount * VowelCount * TrailCount && syllable % TrailCount == 0 && trail is > 0 and < TrailCount
            ? first + trail
            : LetterTable.Composition(first, second);
    }

    /// <summary>Sorts each run of marks by their class; those of one class stay in their order.</summary>
    private static void SortMarks(List<int> parts)
    {
        for (var i = 1; i < parts.Count; i++)
        {
            var markClass = LetterTable.MarkClass(parts[i]);
            for (var at = i; markClass > 0 && at > 0 && LetterTable.MarkClass(parts[at - 1]) > markClass; at--)
            {
                (parts[at - 1], parts[at]) = (parts[at], parts[at - 1]);
            }
        }
    }
}
