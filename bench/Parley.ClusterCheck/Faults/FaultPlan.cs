namespace Parley.ClusterCheck.Faults;

/// <summary>The faults of a run, the same each time for the same seed: each kind comes before any comes again.</summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="kinds">Kinds that it may have.</param>
/// <param name="longest">The longest that one lasts.</param>
internal sealed class FaultPlan(int seed, IReadOnlyList<FaultKind> kinds, TimeSpan longest)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(20);

    private readonly Random _random = new(seed);
    private readonly Queue<FaultKind> _bag = new();

    /// <summary>Kinds that need connections to be cut.</summary>
    public static IReadOnlyList<FaultKind> Cuts { get; } =
    [
        FaultKind.CutHomeFromNodes, FaultKind.CutOtherFromNodes, FaultKind.CutHomeFromDatabase, FaultKind.CutOtherFromDatabase, FaultKind.IsolateHome, FaultKind.IsolateOther,
    ];

    /// <summary>Returns the next fault.</summary>
    public Fault Next()
    {
        if (_bag.Count == 0)
        {
            var all = kinds.ToArray();
            _random.Shuffle(all);
            foreach (var each in all)
            {
                _bag.Enqueue(each);
            }
        }

        var kind = _bag.Dequeue();
        return new Fault(kind, DurationOf(kind, _random.NextDouble()), _random.Next());
    }

    private TimeSpan DurationOf(FaultKind kind, double part)
    {
        var most = kind is FaultKind.FreezeHome or FaultKind.FreezeOther ? longest : TimeSpan.FromTicks(Math.Min(longest.Ticks, LongestOutage.Ticks));
        return kind is FaultKind.KillHome or FaultKind.KillOther or FaultKind.StopHome or FaultKind.CrashDatabase or FaultKind.CutConnections or FaultKind.None
            ? Shortest
            : TimeSpan.FromTicks(Math.Max(Shortest.Ticks, (long)(most.Ticks * part)));
    }
}
