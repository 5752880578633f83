using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Parley.Server.Metrics;

namespace Parley.Server.Push;

/// <summary>Logs and counts how it goes with web push.</summary>
internal sealed class PushMonitor
{
    private readonly ILogger _logger;
    private long _delivered;
    private long _failures;
    private long _dropped;
    private long _ended;

    public PushMonitor(IMeterFactory meters, ILogger<PushMonitor> logger)
    {
        _logger = logger;
        var meter = meters.Create(ParleyMetrics.MeterName);
        meter.CreateObservableCounter("parley.push.delivered", () => Volatile.Read(ref _delivered), "{message}", "Messages that push services have taken");
        meter.CreateObservableCounter("parley.push.failures", () => Volatile.Read(ref _failures), "{attempt}", "Attempts to push that have failed");
        meter.CreateObservableCounter("parley.push.dropped", () => Volatile.Read(ref _dropped), "{message}", "Messages that were not pushed: given up, or the oldest of too many");
        meter.CreateObservableCounter("parley.push.ended", () => Volatile.Read(ref _ended), "{subscription}", "Subscriptions that ended by themselves: gone, failing for long, or not renewed");
    }

    /// <summary>Messages that were not pushed.</summary>
    public long DroppedCount => Volatile.Read(ref _dropped);

    public void StoreFailed(string reason) => Log.PushStoreFailed(_logger, reason);

    public void Delivered() => Interlocked.Increment(ref _delivered);

    public void Failed() => Interlocked.Increment(ref _failures);

    public void Dropped(int count = 1) => Interlocked.Add(ref _dropped, count);

    /// <summary>Counts a message that is given up, and logs it if the last one was pushed.</summary>
    public void GaveUp(string account, string service, string reason, bool isNews)
    {
        Dropped();
        if (isNews)
        {
            Log.PushFailed(_logger, account, service, reason);
        }
    }

    public void Ended(string account, string service, string reason)
    {
        Interlocked.Increment(ref _ended);
        Log.PushEnded(_logger, account, service, reason);
    }

    public void Expired(int count) => Interlocked.Add(ref _ended, count);
}
