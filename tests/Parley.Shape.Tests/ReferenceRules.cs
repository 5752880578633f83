namespace Parley.Shape.Tests;

/// <summary>Rules about which files and folders refer to each other, as functions from references to sentences about what breaks them.</summary>
internal static class ReferenceRules
{
    /// <summary>Files that refer to each other in a circle, at most: what a reader has to have in mind at once.</summary>
    public const int MaxKnot = 12;

    /// <summary>Circles of folders, each with a way round it and the files that make each step of it.</summary>
    public static IEnumerable<string> FolderCircles(ReferenceGraph graph)
    {
        var folders = graph.Folders();
        foreach (var knot in Knots.In(folders))
        {
            var way = Knots.Round(knot, folders);
            var steps = way.Zip(way.Skip(1), (from, to) =>
            {
                var example = graph.Example(from, to);
                return $"\n  {from} -> {to}: {Path.GetFileName(example.From)} names a type of {Path.GetFileName(example.To)}";
            });
            yield return $"{knot.Count} folders refer to each other in a circle: {string.Join(", ", knot)}. One way round:{string.Concat(steps)}";
        }
    }

    /// <summary>Knots of more files than a reader can hold.</summary>
    public static IEnumerable<string> LargeKnots(ReferenceGraph graph, int max = MaxKnot)
        => from knot in Knots.In(graph.Files)
           where knot.Count > max
           select $"{knot.Count} files refer to each other in a circle, more than {max}:\n  {string.Join("\n  ", knot.Select(file => $"{file} -> {Inside(graph, knot, file)}"))}";

    private static string Inside(ReferenceGraph graph, IReadOnlyList<string> knot, string file)
        => string.Join(' ', graph.Files[file].Where(knot.Contains).Select(Path.GetFileNameWithoutExtension));
}
