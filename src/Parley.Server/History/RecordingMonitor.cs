using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Parley.Core.History;
using Parley.Server.Metrics;

namespace Parley.Server.History;

/// <summary>Logs and counts how keeping history goes.</summary>
internal sealed class RecordingMonitor : IRecordingMonitor
{
    private readonly ILogger _logger;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _batchTime;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _lost;
    private volatile string? _failure;

    public RecordingMonitor(IMeterFactory meters, ILogger<RecordingMonitor> logger)
    {
        _logger = logger;
        var meter = meters.Create(ParleyMetrics.MeterName);
        _messages = meter.CreateCounter<long>("parley.history.messages", "{message}", "Messages that were kept");
        _batchTime = meter.CreateHistogram(
            "parley.history.batch.duration",
            "s",
            "Time that the store took for a batch of messages",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.Seconds });
        _failures = meter.CreateCounter<long>("parley.history.failures", "{failure}", "Times that history could not be kept any more");
        meter.CreateObservableGauge("parley.history.failing", () => _failure is null ? 0 : 1, description: "1 while history cannot be kept");
        _lost = meter.CreateCounter<long>("parley.history.lost", "{message}", "Messages that were delivered and are not in history");
    }

    /// <summary>Why history cannot be kept at the moment; null if it can.</summary>
    public string? Failure => _failure;

    public void Kept(int messages, TimeSpan took)
    {
        _messages.Add(messages);
        _batchTime.Record(took.TotalSeconds);
    }

    public void Failed(HistoryException cause)
    {
        _failure = cause.Message;
        _failures.Add(1);
        Log.HistoryFailed(_logger, cause.Message);
    }

    public void Recovered()
    {
        _failure = null;
        Log.HistoryRecovered(_logger);
    }

    public void TidyFailed(HistoryException cause) => Log.HistoryNotTidied(_logger, cause.Message);

    public void Lost(long messages)
    {
        _lost.Add(messages);
        Log.HistoryLost(_logger, messages);
    }
}
