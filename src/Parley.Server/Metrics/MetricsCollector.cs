using System.Diagnostics.Metrics;

namespace Parley.Server.Metrics;

/// <summary>
/// Adds up what this server's instruments measure, and those of the runtime and of Kestrel, so that whoever asks is told at
/// once. To ask costs the server nothing but the asker's own thread.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    private static readonly string[] Meters =
        [ParleyMetrics.MeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterListener _listener = new();
    private readonly IMeterFactory _factory;

    // Taken by whoever asks, one at a time.
    private readonly Lock _collecting = new();
    private readonly Lock _gate = new();
    private readonly List<Metric> _metrics = [];

    public MetricsCollector(IMeterFactory factory)
    {
        _factory = factory;
        _listener.InstrumentPublished = Publish;
        Listen<byte>(static value => value);
        Listen<short>(static value => value);
        Listen<int>(static value => value);
        Listen<long>(static value => value);
        Listen<float>(static value => value);
        Listen<double>(static value => value);
        Listen<decimal>(static value => (double)value);
        _listener.Start();
    }

    /// <summary>All metrics now, by name.</summary>
    public IReadOnlyList<MetricSnapshot> Collect()
    {
        lock (_collecting)
        {
            Metric[] metrics;
            lock (_gate)
            {
                metrics = [.. _metrics];
            }

            foreach (var metric in metrics)
            {
                metric.BeginObservation();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // Those that cannot be observed are left out; the others are told.
            }

            return [.. metrics.Select(metric => metric.Snapshot()).OrderBy(metric => metric.Name, StringComparer.Ordinal)];
        }
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>Of the meters of several servers in one process, only this one's; the runtime's are everybody's.</summary>
    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!Meters.Contains(instrument.Meter.Name) || (instrument.Meter.Scope is { } scope && scope != _factory) || Metric.Of(instrument) is not { } metric)
        {
            return;
        }

        lock (_gate)
        {
            _metrics.Add(metric);
        }

        listener.EnableMeasurementEvents(instrument, metric);
    }

    private void Listen<T>(Func<T, double> convert)
        where T : struct
        => _listener.SetMeasurementEventCallback<T>((_, value, labels, metric) => ((Metric)metric!).Record(convert(value), labels));
}
