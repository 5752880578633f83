using System.Net;
using Microsoft.Extensions.Hosting;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Push;
using Parley.Core.Text;
using Parley.Server.Accounts;
using Parley.Server.Http;
using Parley.Server.Options;
using Parley.Server.Stores;

namespace Parley.Server.Push;

/// <summary>The subscriptions of accounts to web push: makes them, ends them, and knows which accounts have some. For all threads.</summary>
internal sealed class PushDesk(
    IPushStore store, IAccountStore accounts, PushIntake intake, PushMonitor monitor, OutwardGuard guard, ParleyOptions options, TimeProvider time, IStoreChanges? changes = null) : IPushedDevices, IHostedService, IAsyncDisposable, IDisposable
{
    // One change at a time.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<AccountId, ProvenAccount> _watched = [];
    private PushIdentity? _identity;
    private StoreWatch? _watch;
    private RetentionClock? _clock;

    /// <summary>True if messages are pushed: once it has started, and unless that is off.</summary>
    public bool IsOn => _identity is not null;

    /// <summary>The server as push services know it, while messages are pushed.</summary>
    public PushIdentity Identity => _identity ?? throw new InvalidOperationException("Web push is off");

    /// <summary>Has what waits for a device let go.</summary>
    public Action<string>? WhenEnded { get; set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.PushEndpoints == 0)
        {
            return;
        }

        _identity = new PushIdentity(await store.KeyAsync(PushIdentity.CreateKey(), cancellationToken), options.PushContact);
        await SweepAsync(cancellationToken);
        _watch = new StoreWatch(changes, StorePart.PushSubscriptions, ReadAgainAsync, time);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _watch, null) is { } watch)
        {
            await watch.DisposeAsync();
        }
    }

    /// <summary>Subscribes a device of an account's owner, or renews that.</summary>
    /// <param name="account">The account.</param>
    /// <param name="endpoint">Where the push service takes messages.</param>
    /// <param name="keys">The device's keys in the form of message tags: <c>p256dh=...;auth=...</c>.</param>
    /// <param name="capabilities">What its client has negotiated.</param>
    /// <param name="device">Number of the device by whose token its owner is logged in; 0 for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">It cannot be kept.</exception>
    public async Task<PushVerdict> RegisterAsync(ProvenAccount account, string endpoint, ReadOnlyMemory<byte> keys, string capabilities, long device, CancellationToken cancellationToken)
    {
        if (!IsEndpoint(endpoint))
        {
            return PushVerdict.BadEndpoint;
        }

        if (!PushKeys.TryRead(keys.Span, out var publicKey, out var secret))
        {
            return PushVerdict.BadKeys;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!await IsThereAsync(account, cancellationToken))
            {
                return PushVerdict.NoAccount;
            }

            var subscription = new PushSubscription(account.Id, endpoint, publicKey, secret, capabilities, time.GetUtcNow()) { Device = device };
            if (!await store.SetAsync(subscription, options.PushEndpoints, cancellationToken))
            {
                return PushVerdict.TooMany;
            }

            if (_watched.TryAdd(account.Id, account))
            {
                // The name is worn by one account: what is left of another was removed beside the server.
                foreach (var removed in _watched.Values.Where(other => other.Name == account.Name && other.Id != account.Id).ToList())
                {
                    _watched.Remove(removed.Id);
                }

                intake.Watch(_watched.Values);
            }

            return PushVerdict.Accepted;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends a subscription of an account, if it has it.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async Task<bool> UnregisterAsync(AccountId account, string endpoint, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!await store.RemoveAsync(account, endpoint, cancellationToken))
            {
                return false;
            }

            await UnwatchIfNoneAsync(account, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }

        WhenEnded?.Invoke(endpoint);
        return true;
    }

    public async Task EndOfAsync(AccountId account, long? device, CancellationToken cancellationToken, long except = 0)
    {
        foreach (var subscription in await store.ListAsync(account, cancellationToken))
        {
            if (device is null ? except == 0 || subscription.Device != except : subscription.Device == device)
            {
                await UnregisterAsync(account, subscription.Endpoint, cancellationToken);
            }
        }
    }

    /// <summary>Ends a subscription that is of no use any more; false if it has ended, or was made anew meanwhile.</summary>
    public async Task<bool> EndAsync(PushTarget target)
    {
        try
        {
            var now = await store.ListAsync(target.Account.Id);
            return now.Contains(target.Subscription) && await UnregisterAsync(target.Account.Id, target.Subscription.Endpoint, CancellationToken.None);
        }
        catch (AccountStoreException e)
        {
            monitor.StoreFailed(e.Message);
            return false;
        }
    }

    /// <summary>The subscriptions that an account has; none if the account was removed.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async Task<IReadOnlyList<PushSubscription>> ListAsync(ProvenAccount account, CancellationToken cancellationToken)
    {
        var subscriptions = await store.ListAsync(account.Id, cancellationToken);
        if (subscriptions.Count > 0 && !await IsThereAsync(account, cancellationToken))
        {
            foreach (var orphan in subscriptions)
            {
                await UnregisterAsync(account.Id, orphan.Endpoint, cancellationToken);
            }

            return [];
        }

        return subscriptions;
    }

    /// <summary>Where the account's owner was when its last session ended.</summary>
    public ValueTask<LastPlace?> FindPlaceAsync(AccountId account, CancellationToken cancellationToken) => store.FindPlaceAsync(account, cancellationToken);

    /// <summary>Keeps where the account's owner was.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public ValueTask KeepPlaceAsync(AccountId account, LastPlace place) => store.SetPlaceAsync(account, place, CancellationToken.None);

    /// <summary>Ends subscriptions that were not renewed for long, and looks which accounts have some.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_clock is null)
            {
                var last = await store.LastRenewedAsync(cancellationToken);
                _clock = new RetentionClock(() => last, time);
            }

            monitor.Expired(await store.RemoveOlderAsync(_clock.Now(out _) - TimeSpan.FromDays(options.PushDays), cancellationToken));
            await LookAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadAgainAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await LookAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Looks which accounts have subscriptions; the caller has the turn.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var ids = (await store.ListAccountsAsync(cancellationToken)).ToHashSet();
        var known = ids.Count == 0 ? [] : await accounts.ListAsync(cancellationToken);
        _watched.Clear();
        foreach (var account in known.Where(account => ids.Contains(account.Id)))
        {
            _watched[account.Id] = account.Proven;
        }

        intake.Watch(_watched.Values);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        Dispose();
    }

    public void Dispose()
    {
        _turn.Dispose();
        _identity?.Dispose();
    }

    /// <summary>Looks at what an address says by itself; what its name stands for is looked at when it is connected to.</summary>
    private bool IsEndpoint(string endpoint)
        => AbsoluteUrl.TryParse(endpoint, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && url.Fragment.Length == 0
            && (!IPAddress.TryParse(url.DnsSafeHost, out var address) || guard.Allows(address));

    private async ValueTask<bool> IsThereAsync(ProvenAccount account, CancellationToken cancellationToken)
        => (await accounts.FindAsync(account.Name, cancellationToken))?.Account.Id == account.Id;

    private async Task UnwatchIfNoneAsync(AccountId account, CancellationToken cancellationToken)
    {
        if ((await store.ListAsync(account, cancellationToken)).Count == 0 && _watched.Remove(account))
        {
            intake.Watch(_watched.Values);
        }
    }
}
