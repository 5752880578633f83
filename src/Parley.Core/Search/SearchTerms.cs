using System.Buffers;
using System.Text;
using Parley.Core.Names;
using Parley.Core.Text;

namespace Parley.Core.Search;

/// <summary>Terms, without spaces, that an index holds of a message and is asked for; the same for every store.</summary>
/// <remarks>
/// A word is a term. Of a script that writes words side by side, each two neighbours are one, and the last letter; so what is
/// looked for is found wherever it begins, at about three times the size. The author is a term, too: what one person wrote among
/// a million messages is found as a word is. An index only says where to look: words that have the same pairs in another order
/// are told apart by <see cref="SearchWords.AreIn"/>.
/// </remarks>
public static class SearchTerms
{
    // Of the private use area, which no text needs: a word that begins so would only cost a look.
    private const char AuthorMark = '\uE000';
    private const char AsciiMark = '\uE100';

    /// <summary>The terms of a message, with a space between.</summary>
    public static string Of(ReadOnlySpan<byte> text, ReadOnlySpan<char> author)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length * 2);
        try
        {
            ReadOnlySpan<char> folded = buffer.AsSpan(0, FoldedText.Fold(text, buffer));
            var terms = new StringBuilder(folded.Length + author.Length + 1);
            AppendAuthor(terms, UserName.TryParse(author, out var name) ? name.Key : author);
            foreach (var range in folded.Split(' '))
            {
                AppendWord(terms, folded[range]);
            }

            return terms.ToString();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    /// <summary>Returns the terms to ask an index for: a message MUST have all of them.</summary>
    public static IReadOnlyList<SearchTerm> Of(SearchWords words, UserName author)
    {
        var terms = new List<SearchTerm>();
        if (!author.IsEmpty)
        {
            var term = new StringBuilder();
            AppendAuthor(term, author.Key);
            terms.Add(new SearchTerm(term.ToString(), IsPrefix: false));
        }

        foreach (var word in words.Words)
        {
            if (word.Place != WordPlace.Anywhere)
            {
                terms.Add(new SearchTerm(word.Folded, word.Place == WordPlace.Beginning));
                continue;
            }

            var pairs = new StringBuilder();
            AppendWord(pairs, word.Folded);
            var parts = pairs.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);

            // The last is a letter alone, which a longer text goes on behind.
            terms.AddRange(parts.Length == 1 ? [new SearchTerm(parts[0], IsPrefix: true)] : parts[..^1].Select(pair => new SearchTerm(pair, IsPrefix: false)));
        }

        return [.. terms.Distinct()];
    }

    private static void AppendAuthor(StringBuilder terms, ReadOnlySpan<char> author)
    {
        terms.Append(AuthorMark);
        foreach (var letter in author)
        {
            // An index may part words at signs of ASCII.
            terms.Append(char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) ? (char)(AsciiMark + letter) : char.ToLowerInvariant(letter));
        }
    }

    private static void AppendWord(StringBuilder terms, ReadOnlySpan<char> word)
    {
        if (word.IsEmpty)
        {
            return;
        }

        Rune.DecodeFromUtf16(word, out var first, out var length);
        if (!Scripts.IsDense(first))
        {
            terms.Append(' ').Append(word);
            return;
        }

        while (!word.IsEmpty)
        {
            Rune.DecodeFromUtf16(word, out _, out length);
            Rune.DecodeFromUtf16(word[length..], out _, out var next);
            terms.Append(' ').Append(word[..(word.Length > length ? length + next : length)]);
            word = word[length..];
        }
    }
}
