namespace Parley.Core.Names;

/// <summary>Patterns in which <c>*</c> stands for any characters and <c>?</c> for one, compared without case; <c>\</c> before either takes it as it is.</summary>
/// <remarks>A star that fails is only ever tried again from the last one on: time is at most pattern times text, never more.</remarks>
public static class Glob
{
    /// <summary>Whether all of the text fits the pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (FitsOne(pattern, ref p, text[t]))
            {
                t++;
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool FitsOne(ReadOnlySpan<char> pattern, ref int at, char character)
    {
        if (at >= pattern.Length)
        {
            return false;
        }

        var (wanted, length) = (pattern[at], 1);
        if (wanted == '\\' && at + 1 < pattern.Length && pattern[at + 1] is '*' or '?' or '\\')
        {
            (wanted, length) = (pattern[at + 1], 2);
        }
        else if (wanted == '?')
        {
            at++;
            return true;
        }

        if (char.ToUpperInvariant(wanted) != char.ToUpperInvariant(character))
        {
            return false;
        }

        at += length;
        return true;
    }
}
