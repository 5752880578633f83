using Parley.Net.Sweep;

namespace Parley.Cli.Sweep;

/// <summary>Writes the results of a sweep and its summary.</summary>
internal interface ISweepWriter
{
    /// <summary>True if this result is told by itself, and not only in the summary.</summary>
    bool Shows(SweepResult result);

    void Write(SweepResult result);

    void Write(SweepSummary summary, TimeSpan elapsed);
}
