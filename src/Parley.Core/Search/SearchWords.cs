using System.Buffers;
using System.Text;
using Parley.Core.Text;

namespace Parley.Core.Search;

/// <summary>The words of a search, as stores compare them: each once, in the order typed.</summary>
public sealed class SearchWords
{
    /// <summary>Of more words than this, the first ones count.</summary>
    public const int MaxWords = 16;

    /// <summary>A shorter beginning, in characters, is taken as a whole word: so many words begin with it that it would find everything.</summary>
    public const int MinPrefixLength = 3;

    private SearchWords(SearchWord[] words) => Words = words;

    /// <summary>The words; none if nothing that was typed is one.</summary>
    public IReadOnlyList<SearchWord> Words { get; }

    /// <summary>Reads what people type; see <see cref="History.HistorySearch.Words"/>.</summary>
    public static SearchWords Parse(string typed)
    {
        var words = new List<SearchWord>();
        foreach (var part in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // One part may be several words, as in half-time*: the star belongs to the last.
            var folded = FoldedText.Of(part).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < folded.Length; i++)
            {
                Rune.DecodeFromUtf16(folded[i], out var first, out _);
                var isPrefix = part.EndsWith('*') && i == folded.Length - 1 && folded[i].Length >= MinPrefixLength;
                words.Add(new SearchWord(
                    folded[i], Scripts.IsDense(first) ? WordPlace.Anywhere : isPrefix ? WordPlace.Beginning : WordPlace.Whole));
            }
        }

        return new SearchWords([.. words.Distinct().Take(MaxWords)]);
    }

    /// <summary>True if a text has all the words.</summary>
    public bool AreIn(ReadOnlySpan<byte> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length * 2);
        try
        {
            ReadOnlySpan<char> folded = buffer.AsSpan(0, FoldedText.Fold(text, buffer));
            foreach (var word in Words)
            {
                if (!word.IsIn(folded))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
