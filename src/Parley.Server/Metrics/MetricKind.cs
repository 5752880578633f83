namespace Parley.Server.Metrics;

/// <summary>Kind of a metric, which tells what its values mean.</summary>
internal enum MetricKind
{
    /// <summary>Only goes up.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts the values that were at most so large.</summary>
    Histogram,
}
