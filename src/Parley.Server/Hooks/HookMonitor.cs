using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Parley.Core.Hooks;

namespace Parley.Server.Hooks;

/// <summary>Logs and counts how it goes with hooks. No name or URL goes into the figures, and no path of a URL into the log: there may be a secret in it.</summary>
internal sealed class HookMonitor
{
    private readonly ILogger _logger;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _dropped;

    public HookMonitor(IMeterFactory meters, ILogger<HookMonitor> logger)
    {
        _logger = logger;
        var meter = meters.Create("Parley");
        _delivered = meter.CreateCounter<long>("parley.hooks.delivered", "{message}", "Messages that web hooks have taken");
        _failures = meter.CreateCounter<long>("parley.hooks.failures", "{attempt}", "Attempts to deliver to a web hook that have failed");
        _dropped = meter.CreateCounter<long>("parley.hooks.dropped", "{message}", "Messages that a web hook did not get");
    }

    public void Changed(int hooks) => Log.HooksChanged(_logger, hooks);

    public void StoreFailed(string reason) => Log.TokensFailed(_logger, reason);

    public void Delivered(WebHook hook, bool isRecovery)
    {
        _delivered.Add(1);
        if (isRecovery)
        {
            Log.HookRecovered(_logger, hook.Id, hook.Url.Authority);
        }
    }

    /// <summary>An attempt has failed; the first since one was good is logged.</summary>
    public void Failed(WebHook hook, string reason, bool isFirst)
    {
        _failures.Add(1);
        if (isFirst)
        {
            Log.HookFailed(_logger, hook.Id, hook.Url.Authority, reason);
        }
    }

    public void GaveUp(WebHook hook, string message, string reason)
    {
        _dropped.Add(1);
        Log.HookGaveUp(_logger, hook.Id, hook.Url.Authority, message, reason);
    }

    /// <summary>A message was dropped from a full queue; the first since it was empty is logged.</summary>
    public void Overflowed(WebHook hook, bool isFirst)
    {
        _dropped.Add(1);
        if (isFirst)
        {
            Log.HookOverflowed(_logger, hook.Id, hook.Url.Authority);
        }
    }
}
