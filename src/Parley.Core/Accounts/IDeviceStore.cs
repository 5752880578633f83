namespace Parley.Core.Accounts;

/// <summary>Keeps the devices of accounts. Every implementation passes <c>DeviceStoreSpecification</c>.</summary>
/// <remarks>The rules of <see cref="IAccountStore"/> about threads, failures and wholeness hold.</remarks>
public interface IDeviceStore
{
    /// <summary>Keeps a device. Of too many, those of the account that are over go first, and then those that were seen the longest ago; a clock that is wrong for a while ends none for good.</summary>
    /// <param name="device">The device.</param>
    /// <param name="most">Devices that the account may have.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The device with its number.</returns>
    ValueTask<Device> AddAsync(Device device, int most, CancellationToken cancellationToken = default);

    /// <summary>The device with this hash; null if there is none.</summary>
    ValueTask<Device?> FindAsync(string hash, CancellationToken cancellationToken = default);

    /// <summary>The devices of an account, the one that was seen last first.</summary>
    ValueTask<IReadOnlyList<Device>> ListAsync(AccountId account, CancellationToken cancellationToken = default);

    /// <summary>Notes that a device was used, and until when its token holds from then on. After a loss of power the last notes may be missing.</summary>
    ValueTask SeenAsync(string hash, DateTimeOffset time, DateTimeOffset until, CancellationToken cancellationToken = default);

    /// <summary>Removes a device of an account; null if it has none of that number.</summary>
    ValueTask<Device?> RemoveAsync(AccountId account, long id, CancellationToken cancellationToken = default);

    /// <summary>Removes all devices of an account; the result is how many those were.</summary>
    ValueTask<int> RemoveAllAsync(AccountId account, CancellationToken cancellationToken = default);
}
