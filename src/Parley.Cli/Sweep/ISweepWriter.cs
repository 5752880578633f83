using Parley.Net.Sweep;

namespace Parley.Cli.Sweep;

/// <summary>How a sweep is told.</summary>
internal interface ISweepWriter
{
    /// <summary>Whether this result is told by itself, and not only in the summary.</summary>
    bool Shows(SweepResult result);

    void Write(SweepResult result);

    void Write(SweepSummary summary, TimeSpan elapsed);
}
