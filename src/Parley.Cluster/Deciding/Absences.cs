using Parley.Cluster.Membership;

namespace Parley.Cluster.Deciding;

/// <summary>Counts for how long a home has had no link to nodes that take part.</summary>
/// <param name="patience">Time that a node is given to come back. One that was there before this home has three times as long to come, and one that starts ten times.</param>
/// <param name="before">Generations of the nodes that were there before this home.</param>
/// <param name="time">The clock.</param>
internal sealed class Absences(TimeSpan patience, IEnumerable<long> before, TimeProvider time)
{
    private const int KnownFactor = 3;
    private const int NewFactor = 10;

    private readonly HashSet<long> _before = [.. before];
    private readonly Dictionary<long, long> _since = [];

    /// <summary>True if, when it last looked and one was absent for too long, more than one were absent, and more than half.</summary>
    public bool AreMost { get; private set; }

    /// <summary>Looks again; returns those that have been absent for too long.</summary>
    /// <param name="others">All nodes that take part, but for the home.</param>
    /// <param name="knows">Whether a node has come.</param>
    /// <param name="reaches">Whether there is a link to a node.</param>
    public IReadOnlyList<ClusterNode> Look(IReadOnlyList<ClusterNode> others, Func<long, bool> knows, Func<long, bool> reaches)
    {
        var late = new List<ClusterNode>();
        var absent = 0;
        foreach (var node in others)
        {
            if (reaches(node.Generation))
            {
                _since.Remove(node.Generation);
            }
            else
            {
                absent++;
                _since.TryAdd(node.Generation, time.GetTimestamp());
                if (time.GetElapsedTime(_since[node.Generation]) >= PatienceFor(node.Generation, knows(node.Generation)))
                {
                    late.Add(node);
                }
            }
        }

        // What cuts a home off from all is not noticed at all ends in the same moment.
        AreMost = late.Count > 0 && absent > 1 && 2 * absent > others.Count;
        return late;
    }

    private TimeSpan PatienceFor(long generation, bool isKnown)
        => isKnown ? patience : patience * (_before.Contains(generation) ? KnownFactor : NewFactor);
}
