using Microsoft.Extensions.Hosting;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Queries;
using Parley.Server.Connections;
using Parley.Server.Stores;

namespace Parley.Server.Accounts;

/// <summary>Ends the roles of accounts in registered rooms, their sessions and the stay of their members, when others have removed them from a store that servers share.</summary>
internal sealed class RemovedAccounts(
    IBroker broker, IAccountStore accounts, TimeProvider time, IStoreChanges? changes = null, AlwaysOn? alwaysOn = null, OpenSessions? sessions = null)
    : IHostedService, IAsyncDisposable
{
    private StoreWatch? _watch;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = new StoreWatch(changes, StorePart.Accounts, ForgetAsync, time);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _watch, null) is { } watch)
        {
            await watch.DisposeAsync();
        }
    }

    /// <summary>Ends what removed accounts have left. Accounts change rarely, and are listed only where one that is gone may have left something.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var rooms = await broker.LookAsync(SessionId.Server, new ListRegistrations(), cancellationToken);
        var known = rooms.Items.SelectMany(room => room.Registration.Roles.Select(role => role.Account.Id).Prepend(room.Registration.Founder.Id)).ToHashSet();
        if (known.Count == 0 && (alwaysOn is null || alwaysOn.IsEmpty) && sessions is not { HasMembers: true })
        {
            return;
        }

        var there = (await accounts.ListAsync(cancellationToken)).Select(account => account.Id).ToHashSet();
        alwaysOn?.EndUnless(there.Contains);
        sessions?.EndOf(account => !there.Contains(account));
        known.ExceptWith(there);
        foreach (var account in known)
        {
            await broker.AskAsync(SessionId.Server, new ForgetAccount(account), cancellationToken);
        }
    }
}
