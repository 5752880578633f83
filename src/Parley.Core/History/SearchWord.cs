namespace Parley.Core.History;

/// <summary>One word to look for.</summary>
/// <param name="Folded">The word without case, and without the accents of Latin letters.</param>
/// <param name="IsPrefix">Whether words that only begin so are meant, too.</param>
public readonly record struct SearchWord(string Folded, bool IsPrefix)
{
    /// <summary>Whether this word, folded like itself, is one of those meant.</summary>
    internal bool Matches(ReadOnlySpan<char> folded) =>
        folded.StartsWith(Folded, StringComparison.Ordinal) && (IsPrefix || folded.Length == Folded.Length);
}
