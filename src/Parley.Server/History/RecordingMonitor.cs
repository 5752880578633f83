using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Server.Metrics;

namespace Parley.Server.History;

/// <summary>Logs and counts how keeping history goes.</summary>
internal sealed class RecordingMonitor : IRecordingMonitor
{
    private readonly ILogger _logger;
    private readonly Histogram<double> _batchTime;
    private long _messages;
    private long _failures;
    private long _lost;
    private volatile string? _failure;

    public RecordingMonitor(IMeterFactory meters, ILogger<RecordingMonitor> logger)
    {
        _logger = logger;
        var meter = meters.Create(ParleyMetrics.MeterName);

        // Observed, so that they are there before the first: of what jumps from nothing, Prometheus sees no increase.
        meter.CreateObservableCounter("parley.history.messages", () => Volatile.Read(ref _messages), "{message}", "Messages that were kept");
        meter.CreateObservableCounter(
            "parley.history.failures", () => Volatile.Read(ref _failures), "{failure}", "Times that history could not be kept any more");
        meter.CreateObservableCounter(
            "parley.history.lost", () => Volatile.Read(ref _lost), "{message}", "Messages that were delivered and are not in history");
        _batchTime = meter.CreateHistogram(
            "parley.history.batch.duration",
            "s",
            "Time that the store took for a batch of messages",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.Seconds });
        meter.CreateObservableGauge("parley.history.failing", () => _failure is null ? 0 : 1, description: "1 while history cannot be kept");
    }

    /// <summary>Why history cannot be kept at the moment; null if it can.</summary>
    public string? Failure => _failure;

    public void Kept(int messages, TimeSpan took)
    {
        Interlocked.Add(ref _messages, messages);
        _batchTime.Record(took.TotalSeconds);
    }

    public void Failed(HistoryException cause)
    {
        _failure = cause.Message;
        Interlocked.Increment(ref _failures);
        Log.HistoryFailed(_logger, cause.Message);
    }

    public void Recovered()
    {
        _failure = null;
        Log.HistoryRecovered(_logger);
    }

    public void TidyFailed(HistoryException cause) => Log.HistoryNotTidied(_logger, cause.Message);

    public void ClockAhead(TimeSpan by) => Log.HistoryClockAhead(_logger, by.TotalDays);

    public void TimesAhead(RoomName room, TimeSpan by)
        => Log.HistoryTimesAhead(_logger, room.IsEmpty ? "Direct messages" : room.Value, by);

    public void Rejected(HistoryException cause) => Log.HistoryRejected(_logger, cause.Message);

    public void Lost(long messages)
    {
        Interlocked.Add(ref _lost, messages);
        Log.HistoryLost(_logger, messages);
    }
}
