using System.Diagnostics;

namespace Parley.ClusterCheck.Records;

/// <summary>The one clock of a run, which never goes back.</summary>
internal sealed class RunClock
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Time since the run began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_start);
}
