namespace Parley.Shape.Tests;

/// <summary>Knots in a graph: the largest sets of nodes each of which leads to each other one. https://en.wikipedia.org/wiki/Strongly_connected_component</summary>
internal static class Knots
{
    /// <summary>The knots of more than one node, the largest first, each in order.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> In(IReadOnlyDictionary<string, SortedSet<string>> graph)
    {
        // Kosaraju: whoever is done last when all arrows are followed is, backwards, the first of its knot.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var done = new List<string>();
        foreach (var node in graph.Keys.Order(StringComparer.Ordinal))
        {
            Visit(node, graph, seen, done);
        }

        var back = graph
            .SelectMany(pair => pair.Value.Select(to => (pair.Key, To: to)))
            .GroupBy(arrow => arrow.To, arrow => arrow.Key, StringComparer.Ordinal)
            .ToDictionary(arrows => arrows.Key, arrows => new SortedSet<string>(arrows, StringComparer.Ordinal), StringComparer.Ordinal);
        seen.Clear();
        var knots = new List<IReadOnlyList<string>>();
        foreach (var node in Enumerable.Reverse(done))
        {
            var knot = new List<string>();
            Visit(node, back, seen, knot);
            if (knot.Count > 1)
            {
                knots.Add([.. knot.Order(StringComparer.Ordinal)]);
            }
        }

        return [.. knots.OrderByDescending(knot => knot.Count)];
    }

    /// <summary>A shortest way from the first node of a knot back to itself, with that node at both ends.</summary>
    public static IReadOnlyList<string> Round(IReadOnlyList<string> knot, IReadOnlyDictionary<string, SortedSet<string>> graph)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var next = new Queue<string>([knot[0]]);
        while (next.TryDequeue(out var node))
        {
            foreach (var to in graph[node].Where(knot.Contains))
            {
                if (to == knot[0])
                {
                    var way = new List<string> { to, node };
                    while (way[^1] != knot[0])
                    {
                        way.Add(cameFrom[way[^1]]);
                    }

                    way.Reverse();
                    return way;
                }

                if (cameFrom.TryAdd(to, node))
                {
                    next.Enqueue(to);
                }
            }
        }

        throw new ArgumentException("That is no knot.", nameof(knot));
    }

    /// <summary>Adds what a node leads to, and then the node, without recursion: the graph may be as deep as it has nodes.</summary>
    private static void Visit(string start, IReadOnlyDictionary<string, SortedSet<string>> graph, HashSet<string> seen, List<string> done)
    {
        if (!seen.Add(start))
        {
            return;
        }

        var path = new Stack<(string Node, IEnumerator<string> Targets)>();
        path.Push((start, TargetsOf(start)));
        while (path.TryPeek(out var top))
        {
            if (!top.Targets.MoveNext())
            {
                done.Add(path.Pop().Node);
            }
            else if (seen.Add(top.Targets.Current))
            {
                path.Push((top.Targets.Current, TargetsOf(top.Targets.Current)));
            }
        }

        IEnumerator<string> TargetsOf(string node) => (graph.TryGetValue(node, out var targets) ? targets : Enumerable.Empty<string>()).GetEnumerator();
    }
}
