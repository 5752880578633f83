namespace Parley.Server.Metrics;

/// <summary>What a metric's values mean.</summary>
internal enum MetricKind
{
    /// <summary>Only goes up.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>How often values were at most so large.</summary>
    Histogram,
}
