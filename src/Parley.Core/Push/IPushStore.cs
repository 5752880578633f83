using Parley.Core.Accounts;
using Parley.Core.Events;

namespace Parley.Core.Push;

/// <summary>Keeps the server's key for push services, and the subscriptions of accounts. Every implementation passes <c>PushStoreSpecification</c>.</summary>
/// <remarks>
/// Methods may be called at any time, from any thread, and MUST NOT block it. What belongs to an account goes with the account, where the
/// store knows accounts. All throw <see cref="AccountStoreException"/> where the store fails.
/// </remarks>
public interface IPushStore
{
    /// <summary>The private key that push services know the server by; it keeps the one that is given if it has none. It MUST NOT leave the server.</summary>
    /// <param name="created">A new key, in base64.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<string> KeyAsync(string created, CancellationToken cancellationToken = default);

    /// <summary>The accounts that have subscriptions.</summary>
    ValueTask<IReadOnlyList<AccountId>> ListAccountsAsync(CancellationToken cancellationToken = default);

    /// <summary>The subscriptions of an account, in the order in which they were made.</summary>
    ValueTask<IReadOnlyList<PushSubscription>> ListAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>Keeps a subscription, in the place of any with the same endpoint, whose account ever that is; false if the account has as many others as it may, and nothing has changed.</summary>
    ValueTask<bool> SetAsync(PushSubscription subscription, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes a subscription; false if the account has none with that endpoint.</summary>
    ValueTask<bool> RemoveAsync(AccountId account, string endpoint, CancellationToken cancellationToken = default);

    /// <summary>The time at which a subscription was last renewed; null if there are none.</summary>
    ValueTask<DateTimeOffset?> LastRenewedAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes the subscriptions that were last renewed before a time; the result is how many.</summary>
    ValueTask<int> RemoveOlderAsync(DateTimeOffset time, CancellationToken cancellationToken = default);

    /// <summary>Where the account's owner was when its last session ended; null if nothing is known.</summary>
    ValueTask<LastPlace?> FindPlaceAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>Keeps where the account's owner was.</summary>
    ValueTask SetPlaceAsync(AccountId account, LastPlace place, CancellationToken cancellationToken = default);
}
