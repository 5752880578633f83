namespace Parley.Fuzz;

/// <summary>Runs a target on inputs that a seed makes, the same each time.</summary>
internal static class FuzzRun
{
    /// <summary>Runs the corpus itself, then mutations of it.</summary>
    /// <returns>Null; or what failed, with the input as a line for the corpus.</returns>
    public static string? OnCorpusAndMutations(FuzzTarget target, int count)
    {
        var corpus = Corpus.Read(target);
        return corpus.Select(input => Failure(target, input, "the corpus")).FirstOrDefault(failure => failure is not null)
            ?? Failure(target, corpus, seed: 0, count);
    }

    /// <summary>Runs mutations of a corpus, one for each seed from the first on.</summary>
    public static string? Failure(FuzzTarget target, IReadOnlyList<byte[]> corpus, int seed, int count) =>
        Enumerable.Range(0, count)
            .Select(offset => Failure(target, Mutation.Make(corpus, new Random(unchecked(seed + offset))), $"seed {unchecked(seed + offset)}"))
            .FirstOrDefault(failure => failure is not null);

    /// <summary>Runs one input.</summary>
    public static string? Failure(FuzzTarget target, byte[] input, string origin)
    {
        try
        {
            target.Run(input);
            return null;
        }
        catch (Exception failure)
        {
            return $"{target.Name} fails on {origin}: {failure.GetType().Name}: {failure.Message}\ninput: {Corpus.Escape(input)}\n{failure.StackTrace}";
        }
    }
}
