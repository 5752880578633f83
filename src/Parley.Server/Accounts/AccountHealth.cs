using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Server.Metrics;

namespace Parley.Server.Accounts;

/// <summary>
/// Asks once a minute whether accounts can be used. Nothing else tells an operator: whoever logs in meanwhile is only told to
/// try again later.
/// </summary>
internal sealed class AccountHealth : IHostedService, IDisposable
{
    /// <summary>Time between two questions.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly IAccountStore _accounts;
    private readonly TimeProvider _time;
    private readonly ILogger<AccountHealth> _logger;
    private readonly CancellationTokenSource _stop = new();
    private volatile string? _failure;
    private Task _asking = Task.CompletedTask;

    public AccountHealth(IAccountStore accounts, TimeProvider time, IMeterFactory meters, ILogger<AccountHealth> logger)
    {
        (_accounts, _time, _logger) = (accounts, time, logger);
        meters.Create(ParleyMetrics.MeterName)
            .CreateObservableGauge("parley.accounts.failing", () => _failure is null ? 0 : 1, description: "1 while accounts cannot be read");
    }

    /// <summary>Why accounts cannot be used, as of the last time that was looked; null if they can.</summary>
    public string? Failure => _failure;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _asking = AskAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await LookAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _accounts.FindByIdAsync(default, cancellationToken);
            if (_failure is not null)
            {
                _failure = null;
                Log.AccountsUsableAgain(_logger);
            }
        }
        catch (AccountStoreException e)
        {
            if (_failure is null)
            {
                Log.AccountsFailed(_logger, e.Message);
            }

            _failure = e.Message;
        }
    }
}
