using System.Text;

namespace Parley.Benchmarks.History;

/// <summary>Texts whose words are as common as in natural language: the n-th word comes 1/n as often as the first.</summary>
internal sealed class ZipfText
{
    private const int Vocabulary = 50_000;
    private const int MinWords = 3;
    private const int MaxWords = 17;

    private readonly string[] _words = [.. Enumerable.Range(0, Vocabulary).Select(Spell)];
    private readonly double[] _upTo = new double[Vocabulary];
    private readonly Random _random;

    public ZipfText(int seed)
    {
        _random = new Random(seed);
        double sum = 0;
        for (var rank = 0; rank < Vocabulary; rank++)
        {
            // The shift of Mandelbrot's formula: without it every seventh word would be the same one.
            sum += 1 / (rank + 2.7);
            _upTo[rank] = sum;
        }
    }

    /// <summary>The word of a rank, 0 for the most common.</summary>
    public string Word(int rank) => _words[rank];

    /// <summary>A message of 3 to 17 words.</summary>
    public byte[] Next()
    {
        var text = new StringBuilder();
        for (var left = _random.Next(MinWords, MaxWords + 1); left > 0; left--)
        {
            var at = Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]);
            text.Append(_words[Math.Min(at < 0 ? ~at : at, Vocabulary - 1)]).Append(left > 1 ? " " : ".");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // Syllables, the common words short: rank 0 is "ba".
    private static string Spell(int rank)
    {
        const string Consonants = "bdfgklmnprstvz";
        const string Vowels = "aeiou";
        var word = new StringBuilder();
        for (var rest = rank + 1; rest > 0; rest /= Consonants.Length * Vowels.Length)
        {
            var syllable = (rest - 1) % (Consonants.Length * Vowels.Length);
            word.Append(Consonants[syllable / Vowels.Length]).Append(Vowels[syllable % Vowels.Length]);
        }

        return word.ToString();
    }
}
