using Microsoft.Extensions.Hosting;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Queries;
using Parley.Server.Stores;

namespace Parley.Server.Accounts;

/// <summary>Ends the roles of accounts in registered rooms, and the stay of their members, when others have removed them from a store that servers share.</summary>
internal sealed class RemovedAccounts(IBroker broker, IAccountStore accounts, TimeProvider time, IStoreChanges? changes = null, AlwaysOn? alwaysOn = null) : IHostedService, IAsyncDisposable
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

    /// <summary>Removing is rare, and rooms are asked for their accounts only then.</summary>
    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var rooms = await broker.LookAsync(SessionId.Server, new ListRegistrations(), cancellationToken);
        var known = rooms.Items.SelectMany(room => room.Registration.Roles.Select(role => role.Account.Id).Prepend(room.Registration.Founder.Id)).ToHashSet();
        if (known.Count == 0 && (alwaysOn is null || alwaysOn.IsEmpty))
        {
            return;
        }

        var there = (await accounts.ListAsync(cancellationToken)).Select(account => account.Id).ToHashSet();
        alwaysOn?.EndUnless(there.Contains);
        known.ExceptWith(there);
        foreach (var account in known)
        {
            await broker.AskAsync(SessionId.Server, new ForgetAccount(account), cancellationToken);
        }
    }
}
