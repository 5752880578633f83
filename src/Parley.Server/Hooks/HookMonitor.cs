using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Parley.Core.Hooks;
using Parley.Server.Metrics;

namespace Parley.Server.Hooks;

/// <summary>Logs and counts how it goes with hooks. No name or URL goes into the figures, and no path of a URL into the log: there may be a secret in it.</summary>
internal sealed class HookMonitor
{
    private readonly ILogger _logger;
    private long _delivered;
    private long _failures;
    private long _dropped;

    public HookMonitor(IMeterFactory meters, ILogger<HookMonitor> logger)
    {
        _logger = logger;
        var meter = meters.Create(ParleyMetrics.MeterName);
        meter.CreateObservableCounter("parley.hooks.delivered", () => Volatile.Read(ref _delivered), "{message}", "Messages that web hooks have taken");
        meter.CreateObservableCounter("parley.hooks.failures", () => Volatile.Read(ref _failures), "{attempt}", "Attempts to deliver to a web hook that have failed");
        meter.CreateObservableCounter("parley.hooks.dropped", () => Volatile.Read(ref _dropped), "{message}", "Messages that a web hook did not get");
    }

    public void Changed(int hooks) => Log.HooksChanged(_logger, hooks);

    public void StoreFailed(string reason) => Log.TokensFailed(_logger, reason);

    public void Delivered(WebHook hook, bool isRecovery)
    {
        Interlocked.Increment(ref _delivered);
        if (isRecovery)
        {
            Log.HookRecovered(_logger, hook.Id, hook.Url.Authority);
        }
    }

    /// <summary>Counts an attempt that has failed.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="reason">Why, in words for the log.</param>
    /// <param name="isNews">Whether to log that it is tried again: for the first failure since an attempt was good. One that is not tried again is logged as given up.</param>
    public void Failed(WebHook hook, string reason, bool isNews)
    {
        Interlocked.Increment(ref _failures);
        if (isNews)
        {
            Log.HookFailed(_logger, hook.Id, hook.Url.Authority, reason);
        }
    }

    public void GaveUp(WebHook hook, string message, string reason)
    {
        Interlocked.Increment(ref _dropped);
        Log.HookGaveUp(_logger, hook.Id, hook.Url.Authority, message, reason);
    }

    /// <summary>Counts and logs the messages that waited for a hook and were dropped.</summary>
    public void Abandoned(WebHook hook, int count)
    {
        Interlocked.Add(ref _dropped, count);
        Log.HookAbandoned(_logger, hook.Id, hook.Url.Authority, count);
    }

    /// <summary>A message was dropped from a full queue; the first since it was empty is logged.</summary>
    public void Overflowed(WebHook hook, bool isFirst)
    {
        Interlocked.Increment(ref _dropped);
        if (isFirst)
        {
            Log.HookOverflowed(_logger, hook.Id, hook.Url.Authority);
        }
    }
}
