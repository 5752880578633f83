using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.Push;

namespace Parley.Storage.Sqlite;

/// <content>Subscriptions to web push.</content>
public sealed partial class SqliteAccountStore : IPushStore
{
    ValueTask<string> IPushStore.KeyAsync(string created, CancellationToken cancellationToken) => RunAsync(() => _push.Key(created), cancellationToken);

    ValueTask<IReadOnlyList<AccountId>> IPushStore.ListAccountsAsync(CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<AccountId>>(_push.ListAccounts, cancellationToken);

    ValueTask<IReadOnlyList<PushSubscription>> IPushStore.ListAsync(AccountId account, CancellationToken cancellationToken)
        => RunAsync<IReadOnlyList<PushSubscription>>(() => _push.List(account), cancellationToken);

    ValueTask<bool> IPushStore.SetAsync(PushSubscription subscription, int limit, CancellationToken cancellationToken)
        => RunAsync(() => _push.Set(subscription, limit), cancellationToken);

    ValueTask<bool> IPushStore.RemoveAsync(AccountId account, string endpoint, CancellationToken cancellationToken)
        => RunAsync(() => _push.Remove(account, endpoint), cancellationToken);

    ValueTask<DateTimeOffset?> IPushStore.LastRenewedAsync(CancellationToken cancellationToken) => RunAsync(_push.LastRenewed, cancellationToken);

    ValueTask<int> IPushStore.RemoveOlderAsync(DateTimeOffset time, CancellationToken cancellationToken) => RunAsync(() => _push.RemoveOlder(time), cancellationToken);

    ValueTask<LastPlace?> IPushStore.FindPlaceAsync(AccountId account, CancellationToken cancellationToken)
        => RunAsync(() => _push.FindPlace(account), cancellationToken);

    async ValueTask IPushStore.SetPlaceAsync(AccountId account, LastPlace place, CancellationToken cancellationToken) => await RunAsync(
        () =>
        {
            _push.SetPlace(account, place);
            return true;
        },
        cancellationToken);
}
