using System.Buffers;
using System.Text;

namespace Parley.Core.History;

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

    /// <summary>Reads what people type; see <see cref="HistorySearch.Words"/>.</summary>
    public static SearchWords Parse(string typed)
    {
        var words = new List<SearchWord>();
        foreach (var part in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // One part may be several words, as in half-time*: the star belongs to the last.
            var folded = Fold(part).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < folded.Length; i++)
            {
                var isPrefix = part.EndsWith('*') && i == folded.Length - 1 && folded[i].Length >= MinPrefixLength;
                words.Add(new SearchWord(folded[i], isPrefix));
            }
        }

        return new SearchWords([.. words.Distinct().Take(MaxWords)]);
    }

    /// <summary>
    /// How well a text answers, more for more; 0 if not all words are in it. Having the words more often counts for up to
    /// 1, having them close together for up to 1 more.
    /// </summary>
    public double Relevance(ReadOnlySpan<byte> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length * 2);
        Span<int> counts = stackalloc int[MaxWords];
        Span<int> lastSeen = stackalloc int[MaxWords];
        counts = counts[..Words.Count];
        lastSeen = lastSeen[..Words.Count];
        counts.Clear();
        lastSeen.Fill(int.MinValue / 2);
        var narrowest = int.MaxValue;
        var position = 0;
        var folded = buffer.AsSpan(0, FoldedText.Fold(text, buffer));
        foreach (var range in folded.Split(' '))
        {
            if (See(folded[range], position++, counts, lastSeen))
            {
                narrowest = Math.Min(narrowest, position - Min(lastSeen));
            }
        }

        ArrayPool<char>.Shared.Return(buffer);
        return Words.Count == 0 || counts.Contains(0) ? 0 : Frequency(counts) + ((double)Words.Count / narrowest);
    }

    /// <summary>Whether the text's next word is one of ours.</summary>
    private bool See(ReadOnlySpan<char> word, int position, Span<int> counts, Span<int> lastSeen)
    {
        var seen = false;
        for (var i = 0; i < counts.Length; i++)
        {
            if (Words[i].Matches(word))
            {
                counts[i]++;
                lastSeen[i] = position;
                seen = true;
            }
        }

        return seen;
    }

    // 1/2 for once, 2/3 for twice, and so on: saying it ten times is not ten times as good.
    private static double Frequency(ReadOnlySpan<int> counts)
    {
        double sum = 0;
        foreach (var count in counts)
        {
            sum += 1 - (1.0 / (1 + count));
        }

        return sum / counts.Length;
    }

    private static int Min(ReadOnlySpan<int> values)
    {
        var min = int.MaxValue;
        foreach (var value in values)
        {
            min = Math.Min(min, value);
        }

        return min;
    }

    private static string Fold(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Span<char> folded = new char[utf8.Length * 2];
        return folded[..FoldedText.Fold(utf8, folded)].ToString();
    }
}
