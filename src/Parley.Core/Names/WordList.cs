namespace Parley.Core.Names;

/// <summary>The words that random names are made of, read from the assembly once, on first use.</summary>
/// <remarks>One word a line, sorted, first letter upper case, 3 to 9 letters; the tests keep the files so.</remarks>
internal static class WordList
{
    private static readonly Lazy<string[]> LazyAdjectives = new(() => Read("adjectives.txt"));
    private static readonly Lazy<string[]> LazyAnimals = new(() => Read("animals.txt"));

    /// <summary>The first halves of random names.</summary>
    public static IReadOnlyList<string> Adjectives => LazyAdjectives.Value;

    /// <summary>The second halves of random names.</summary>
    public static IReadOnlyList<string> Animals => LazyAnimals.Value;

    private static string[] Read(string resource)
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream(typeof(WordList), resource)
            ?? throw new InvalidOperationException($"The word list {resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
