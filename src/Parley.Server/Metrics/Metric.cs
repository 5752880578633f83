using System.Diagnostics.Metrics;
using System.Globalization;

namespace Parley.Server.Metrics;

/// <summary>Adds up what one instrument measures, by labels.</summary>
internal sealed class Metric
{
    /// <summary>Label sets of an instrument; what comes under further ones is counted together.</summary>
    public const int MaxSeries = 200;

    private static readonly KeyValuePair<string, object?>[] Overflow = [new("overflow", "true")];

    private readonly Instrument _instrument;
    private readonly double[] _bounds;
    private readonly bool _isSet;

    // Lock tier 4: taken last, nothing is taken inside. Held for a few additions.
    private readonly Lock _gate = new();
    private readonly List<Series> _series = [];

    private Metric(Instrument instrument, MetricKind kind, double[] bounds)
    {
        (_instrument, Kind, _bounds) = (instrument, kind, bounds);
        _isSet = instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
    }

    public MetricKind Kind { get; }

    /// <summary>Null for an instrument of no kind that is known.</summary>
    public static Metric? Of(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>))
        {
            return new Metric(instrument, MetricKind.Counter, []);
        }

        if (definition == typeof(Histogram<>))
        {
            return new Metric(instrument, MetricKind.Histogram, BoundsOf(instrument));
        }

        return definition == typeof(UpDownCounter<>) || definition == typeof(ObservableUpDownCounter<>)
            || definition == typeof(Gauge<>) || definition == typeof(ObservableGauge<>)
            ? new Metric(instrument, MetricKind.Gauge, [])
            : null;
    }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        lock (_gate)
        {
            var series = Find(labels);
            if (Kind == MetricKind.Histogram)
            {
                var bucket = Array.BinarySearch(_bounds, value);
                series.Counts[bucket >= 0 ? bucket : ~bucket]++;
            }

            // Whoever is observed says how much it is by now, and begins with nothing; the others, how much more.
            series.Value = _isSet ? value : series.Value + value;
            series.IsFresh = true;
        }
    }

    /// <summary>Before observation: what is not observed any more is not told any more.</summary>
    public void BeginObservation()
    {
        lock (_gate)
        {
            foreach (var series in _series)
            {
                series.IsFresh = !_instrument.IsObservable;
                series.Value = _instrument.IsObservable ? 0 : series.Value;
            }
        }
    }

    public MetricSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new MetricSnapshot(
                _instrument.Name,
                _instrument.Unit ?? "",
                _instrument.Description ?? "",
                Kind,
                _bounds,
                [.. _series.Where(series => series.IsFresh).Select(series => series.Snapshot())]);
        }
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Instrument<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Instrument<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Instrument<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        _ => Buckets.Default,
    };

    private Series Find(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        foreach (var series in _series)
        {
            if (series.Is(labels))
            {
                return series;
            }
        }

        if (_series.Count > MaxSeries)
        {
            return _series[MaxSeries];
        }

        var added = new Series(_series.Count == MaxSeries ? Overflow : labels.ToArray(), Kind == MetricKind.Histogram ? _bounds.Length + 1 : 0);
        _series.Add(added);
        return added;
    }

    private sealed class Series(KeyValuePair<string, object?>[] labels, int buckets)
    {
        public long[] Counts { get; } = new long[buckets];

        public double Value { get; set; }

        /// <summary>True if there was a value, since the last observation if it is observed.</summary>
        public bool IsFresh { get; set; }

        public bool Is(ReadOnlySpan<KeyValuePair<string, object?>> others)
        {
            if (labels.Length != others.Length)
            {
                return false;
            }

            for (var i = 0; i < labels.Length; i++)
            {
                if (labels[i].Key != others[i].Key || !Equals(labels[i].Value, others[i].Value))
                {
                    return false;
                }
            }

            return true;
        }

        public SeriesSnapshot Snapshot() => new(
            [.. labels.Select(label => KeyValuePair.Create(label.Key, Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? ""))],
            Value,
            [.. Counts]);
    }
}
