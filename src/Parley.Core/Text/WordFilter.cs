using System.Buffers;

namespace Parley.Core.Text;

/// <summary>The patterns of what may not be said.</summary>
/// <remarks>Texts are compared as search compares them: without case, accents, formatting and what is invisible.</remarks>
/// <param name="patterns">The patterns.</param>
public sealed class WordFilter(IReadOnlyList<WordPattern> patterns)
{
    /// <summary>Reads patterns; those that are none refuse nothing.</summary>
    internal static WordFilter Of(IEnumerable<string> patterns)
        => new([.. patterns.Select(text => WordPattern.TryParse(text, out var pattern) ? pattern : null).OfType<WordPattern>()]);

    /// <summary>Returns the first pattern that a text matches; null if none does.</summary>
    /// <param name="utf8">The text; what is not UTF-8 only parts words.</param>
    public WordPattern? Find(ReadOnlySpan<byte> utf8)
    {
        // Twice as many characters as there are bytes is what folding needs, and one is for the space at the end.
        var rented = ArrayPool<char>.Shared.Rent((utf8.Length * 2) + 1);
        try
        {
            var length = FoldedText.Fold(utf8, rented);
            rented[length++] = ' ';
            foreach (var pattern in patterns)
            {
                if (pattern.Matches(rented.AsSpan(0, length)))
                {
                    return pattern;
                }
            }

            return null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }
}
