namespace Parley.Net.Collect;

/// <summary>Where a <see cref="StatusCollector"/> puts what it collects. It is called for one line at a time.</summary>
public interface IStatusSink
{
    /// <summary>Keeps a line; what it throws is told to the line's sender, and the collector goes on.</summary>
    ValueTask WriteAsync(StatusLine line, CancellationToken cancellationToken);
}
