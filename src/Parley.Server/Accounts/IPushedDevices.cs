using Parley.Core.Accounts;

namespace Parley.Server.Accounts;

/// <summary>Devices that messages of accounts are pushed to.</summary>
internal interface IPushedDevices
{
    /// <summary>Ends the subscriptions of an account, or those of one of its devices.</summary>
    /// <param name="account">The account.</param>
    /// <param name="device">Number of the device; null for all, whatever they are of.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="except">Number of a device whose subscriptions go on; 0 for none.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    Task EndOfAsync(AccountId account, long? device, CancellationToken cancellationToken, long except = 0);
}
