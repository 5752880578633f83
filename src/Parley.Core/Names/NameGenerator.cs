namespace Parley.Core.Names;

/// <summary>Gives random-looking names, adjective + animal, of which none repeats before all <see cref="Count"/> were given.</summary>
/// <remarks>
/// The n-th name is combination <c>(start + n * step) mod count</c>. As the step shares no factor with the count, the walk
/// visits every combination once before it starts over. Any thread may call <see cref="Next"/>. It does not know which names
/// are taken: the caller skips those.
/// </remarks>
public sealed class NameGenerator
{
    private static readonly NameCombinations Combinations = new(WordList.Adjectives, WordList.Animals);
    private static readonly ulong Step = StepFor((ulong)Combinations.Count);

    private readonly ulong _start;
    private long _given = -1;

    /// <summary>Starts the walk at a place that the seed decides; the same seed gives the same names in the same order.</summary>
    public NameGenerator(ulong seed) => _start = Scatter(seed) % (ulong)Count;

    /// <summary>Number of different names.</summary>
    public static int Count => Combinations.Count;

    /// <summary>The next name of the walk.</summary>
    public UserName Next()
    {
        var turn = (ulong)Interlocked.Increment(ref _given) % (ulong)Count;
        var (adjective, animal) = Combinations[(int)((_start + (turn * Step)) % (ulong)Count)];
        return new UserName(adjective + animal);
    }

    // The golden section of the count: of all steps it keeps neighbours of the walk farthest apart for longest, so names
    // given soon after each other have different adjectives.
    private static ulong StepFor(ulong count)
    {
        var step = (ulong)(count * 0.6180339887498949);
        while (GreatestCommonDivisor(step, count) != 1)
        {
            step++;
        }

        return step;
    }

    private static ulong GreatestCommonDivisor(ulong a, ulong b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    // SplitMix64's finalizer (https://prng.di.unimi.it/splitmix64.c): seeds that are close start far apart.
    private static ulong Scatter(ulong seed)
    {
        var z = seed + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
