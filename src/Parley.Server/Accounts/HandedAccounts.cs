using Microsoft.Extensions.Hosting;
using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Core.Rooms;
using Parley.Server.Stores;
using Parley.Server.Transport;

namespace Parley.Server.Accounts;

/// <summary>Accounts of those whom another process has handed over, held against the store: what was withdrawn while neither could be told of it ends here.</summary>
/// <param name="revocation">Ends sessions.</param>
/// <param name="removed">Ends what else removed accounts have left.</param>
/// <param name="opening">Says when this process serves.</param>
/// <param name="time">The clock.</param>
internal sealed class HandedAccounts(LoginRevocation revocation, RemovedAccounts removed, ServerOpening opening, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    /// <summary>Time for which people wait for the store, who are served by nobody meanwhile; a slower one is asked while they are served.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _checking = Task.CompletedTask;

    /// <summary>Begins when everything has started: whoever withdraws something from then on finds the socket of administrators here, and the sessions.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var sessions = Task.Run(() => RepeatAsync(revocation.EndRefusedAsync), CancellationToken.None);
        _checking = CheckAsync(sessions);
        await sessions.WaitAsync(Patience, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _checking;
    }

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CheckAsync(Task sessions)
    {
        try
        {
            await sessions;

            // Rooms and stand-ins are changed by the one process that serves.
            await opening.Opened.WaitAsync(_stopping.Token);
            await RepeatAsync(removed.ForgetAsync);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Does something until the store does not fail.</summary>
    private async Task RepeatAsync(Func<CancellationToken, Task> check)
    {
        while (true)
        {
            try
            {
                await check(_stopping.Token);
                return;
            }
            catch (Exception e) when (e is AccountStoreException or HistoryException or RoomRegistryException)
            {
                await Task.Delay(StoreWatch.RetryInterval, time, _stopping.Token);
            }
        }
    }
}
