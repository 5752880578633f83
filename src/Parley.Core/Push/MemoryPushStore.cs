using Parley.Core.Accounts;
using Parley.Core.Events;

namespace Parley.Core.Push;

/// <summary>Subscriptions that are gone when the process ends.</summary>
public sealed class MemoryPushStore : IPushStore
{
    private readonly Lock _gate = new();
    private readonly List<PushSubscription> _subscriptions = [];
    private readonly Dictionary<AccountId, LastPlace> _places = [];
    private string? _key;

    /// <inheritdoc/>
    public ValueTask<string> KeyAsync(string created, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_key ??= created);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccountId>> ListAccountsAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<AccountId>>([.. _subscriptions.Select(each => each.Account).Distinct()]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PushSubscription>> ListAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<PushSubscription>>([.. _subscriptions.Where(each => each.Account == account)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(PushSubscription subscription, int limit, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_subscriptions.Count(each => each.Account == subscription.Account && !IsAt(each, subscription.Endpoint)) >= limit)
            {
                return ValueTask.FromResult(false);
            }

            var index = _subscriptions.FindIndex(each => IsAt(each, subscription.Endpoint));
            if (index >= 0)
            {
                _subscriptions[index] = subscription;
            }
            else
            {
                _subscriptions.Add(subscription);
            }

            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(AccountId account, string endpoint, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_subscriptions.RemoveAll(each => each.Account == account && IsAt(each, endpoint)) > 0);
        }
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> LastRenewedAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_subscriptions.Max(each => (DateTimeOffset?)each.Renewed));
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> RemoveOlderAsync(DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_subscriptions.RemoveAll(each => each.Renewed < time));
        }
    }

    /// <inheritdoc/>
    public ValueTask<LastPlace?> FindPlaceAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_places.GetValueOrDefault(account));
        }
    }

    /// <inheritdoc/>
    public ValueTask SetPlaceAsync(AccountId account, LastPlace place, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _places[account] = place;
            return default;
        }
    }

    private static bool IsAt(PushSubscription subscription, string endpoint) => string.Equals(subscription.Endpoint, endpoint, StringComparison.Ordinal);
}
