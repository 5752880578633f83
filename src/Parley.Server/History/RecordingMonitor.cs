using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Parley.Core.History;

namespace Parley.Server.History;

/// <summary>Logs and counts how keeping history goes.</summary>
internal sealed class RecordingMonitor : IRecordingMonitor
{
    private readonly ILogger _logger;
    private readonly Counter<long> _messages;
    private readonly Histogram<double> _batchTime;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _lost;

    public RecordingMonitor(IMeterFactory meters, ILogger<RecordingMonitor> logger)
    {
        _logger = logger;
        var meter = meters.Create("Parley");
        _messages = meter.CreateCounter<long>("parley.history.messages", "{message}", "Messages that were kept");
        _batchTime = meter.CreateHistogram<double>("parley.history.batch.duration", "s", "Time that the store took for a batch of messages");
        _failures = meter.CreateCounter<long>("parley.history.failures", "{failure}", "Times that history could not be kept any more");
        _lost = meter.CreateCounter<long>("parley.history.lost", "{message}", "Messages that were delivered and are not in history");
    }

    public void Kept(int messages, TimeSpan took)
    {
        _messages.Add(messages);
        _batchTime.Record(took.TotalSeconds);
    }

    public void Failed(HistoryException cause)
    {
        _failures.Add(1);
        Log.HistoryFailed(_logger, cause.Message);
    }

    public void Recovered() => Log.HistoryRecovered(_logger);

    public void TidyFailed(HistoryException cause) => Log.HistoryNotTidied(_logger, cause.Message);

    public void Lost(long messages)
    {
        _lost.Add(messages);
        Log.HistoryLost(_logger, messages);
    }
}
