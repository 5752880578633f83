namespace Parley.Core.Search;

/// <summary>One word to look for.</summary>
/// <param name="Folded">The word as <see cref="Text.FoldedText"/> has it.</param>
/// <param name="Place">Where in a text's words it may stand.</param>
public readonly record struct SearchWord(string Folded, WordPlace Place)
{
    /// <summary>True if the word is in a text.</summary>
    /// <param name="folded">The folded text: words with a space before each.</param>
    internal bool IsIn(ReadOnlySpan<char> folded)
    {
        if (Place == WordPlace.Anywhere)
        {
            return folded.Contains(Folded, StringComparison.Ordinal);
        }

        for (int at; (at = folded.IndexOf(Folded, StringComparison.Ordinal)) >= 0; folded = folded[(at + 1)..])
        {
            var end = at + Folded.Length;
            if (at > 0 && folded[at - 1] == ' ' && (Place == WordPlace.Beginning || end == folded.Length || folded[end] == ' '))
            {
                return true;
            }
        }

        return false;
    }
}
